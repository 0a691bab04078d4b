import type { OutputAddress, StoredOutput } from '../model/outputs.ts';
import { assertNever } from '../shared/assert-never.ts';
import { formatCount } from '../ui/format.ts';

/** Of a longer JSON text only this many characters are drawn. */
export const longestShownJson = 5_000;

/** To which inputs alone it went; null for one that went to all that were connected. */
export function describeTargets({ targets }: OutputAddress): string | null {
  if (!targets) return null;
  if (targets.length === 0) return 'to no cell';
  return `to ${targets.map(({ title, inputHandle }) => `“${title}” (${inputHandle})`).join(', ')}`;
}

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
      return 'Bytes';
    case 'variable':
      return output.typeName;
    default:
      return assertNever(output);
  }
}
