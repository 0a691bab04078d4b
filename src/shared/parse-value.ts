import * as v from 'valibot';
import { fail, succeed, type Result } from './result.ts';

/**
 * Checks a value from outside against a schema. The problem names the place and what stands there, such as
 * "at cells[2].title: expected string, got number".
 */
export function parseValue<Value>(
  schema: v.GenericSchema<unknown, Value>,
  value: unknown,
): Result<Value, string> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return succeed(result.output);
  const issue = result.issues[0];
  const expected = issue.expected ?? issue.message;
  return fail(`at ${toPath(issue.path)}: expected ${expected}, got ${issue.received}`);
}

function toPath(path: readonly { readonly key: unknown }[] | undefined): string {
  if (!path || path.length === 0) return 'the value itself';
  return path
    .map(({ key }, index) => (typeof key === 'number' ? `[${key}]` : `${index > 0 ? '.' : ''}${String(key)}`))
    .join('');
}
