import type { Result } from '../shared/result.ts';
import type { Found } from './Storage.ts';

/** Tells records that can be understood from those that cannot. */
export function sortFound<Value>(
  records: readonly unknown[],
  parse: (record: unknown) => Result<Value, string>,
  what: string,
): Found<Value> {
  const values: Value[] = [];
  const problems: string[] = [];
  for (const record of records) {
    const parsed = parse(record);
    if (parsed.isOk) values.push(parsed.value);
    else problems.push(`A stored ${what} cannot be read (${parsed.problem}). It was left as it is.`);
  }
  return { values, problems };
}
