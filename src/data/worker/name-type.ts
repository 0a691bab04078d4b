import type { Field } from 'apache-arrow';
import { typeKey } from './arrow-fields.ts';

/** Of one name, types hold the same: whole numbers that fit no 64 bits are texts with a mark. */
export function nameType({ type, metadata }: Field): string {
  const parts: readonly Field[] = type.children ?? [];
  return [String(type), metadata.get(typeKey) ?? '', ...parts.map((part) => `(${nameType(part)})`)].join(' ');
}
