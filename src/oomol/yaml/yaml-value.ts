import type { JsonValue } from '../../model/handles.ts';
import { YamlNumber } from './YamlNumber.ts';

/** What a YAML file holds, with its numbers as they were written. */
export type YamlValue =
  null | boolean | string | YamlNumber | readonly YamlValue[] | { readonly [name: string]: YamlValue };

export type YamlRecord = Readonly<Record<string, YamlValue>>;

export function isYamlList(value: YamlValue | undefined): value is readonly YamlValue[] {
  return Array.isArray(value);
}

export function isYamlRecord(value: YamlValue | undefined): value is YamlRecord {
  return typeof value === 'object' && value !== null && !isYamlList(value) && !(value instanceof YamlNumber);
}

/** JSON that says the same, digit by digit. */
export function toJsonText(value: YamlValue): string {
  if (value instanceof YamlNumber) return value.text;
  if (isYamlList(value)) return `[${value.map(toJsonText).join(', ')}]`;
  if (isYamlRecord(value)) {
    const members = Object.entries(value).map(
      ([name, member]) => `${JSON.stringify(name)}: ${toJsonText(member)}`,
    );
    return `{${members.join(', ')}}`;
  }
  return JSON.stringify(value);
}

/** The same as a value of JavaScript, whose numbers are less exact. */
export function toJsonValue(value: YamlValue): JsonValue {
  if (value instanceof YamlNumber) return Number(value.text);
  if (isYamlList(value)) return value.map(toJsonValue);
  if (isYamlRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toJsonValue(member)]));
  }
  return value;
}

/** A text, or a number or a truth value that was written where a text is meant; null for anything else. */
export function toText(value: YamlValue | undefined): string | null {
  if (typeof value === 'string') return value;
  if (value instanceof YamlNumber) return value.text;
  return typeof value === 'boolean' ? String(value) : null;
}
