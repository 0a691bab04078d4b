import type { DataType } from 'apache-arrow';
import { cutText } from './decode-text.ts';

/** The type of a wide record would fill pages. */
const typeTextLimit = 200;

/** What keeps a column from being exported, as a sentence that lacks its beginning, the column's name, and its full stop. */
export class ColumnProblem extends Error {
  /** Whether the file is at fault; else it is whole, and holds what a dataset cannot. */
  readonly isDamage: boolean;

  constructor(message: string, { isDamage }: { isDamage: boolean }) {
    super(message);
    this.isDamage = isDamage;
  }
}

export function refuseDamage(problem: string): never {
  throw new ColumnProblem(problem, { isDamage: true });
}

export function refuseType(type: DataType, detail = ''): never {
  const text = String(type);
  const name = text.length <= typeTextLimit ? text : `${cutText(text, typeTextLimit)}…`;
  throw new ColumnProblem(`is of type ${name}${detail}, which cannot be given back to Python`, {
    isDamage: false,
  });
}
