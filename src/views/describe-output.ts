import type { StoredOutput } from '../model/outputs.ts';
import { assertNever } from '../shared/assert-never.ts';
import { formatCount } from '../ui/format.ts';

/** Of a longer JSON text only this many characters are drawn. */
export const longestShownJson = 5_000;

/** What kind of value an output holds. */
export function describeOutput(output: StoredOutput): string {
  switch (output.kind) {
    case 'dataset': {
      const { rowCount, columns } = output.summary;
      return `Dataset, ${formatCount(rowCount)} × ${formatCount(columns.length)}`;
    }
    case 'json':
      return 'JSON';
    case 'secret':
      return 'Secret';
    case 'binary':
      return 'Binary';
    case 'variable':
      return output.typeName;
    default:
      return assertNever(output);
  }
}
