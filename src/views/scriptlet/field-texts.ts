import { parseJson } from '../../model/python-numbers.ts';
import type { Widget } from './choose-widget.ts';
import { fromLocalDateTime, fromLocalTime, toLocalDateTime, toLocalTime } from './local-times.ts';

/** What stands in the field of a widget for a JSON text; null where the field cannot show it. */
export function toFieldText(widget: Widget, json: string): string | null {
  const value = parseJson(json)?.value;
  switch (widget) {
    case 'text':
    case 'uri':
    case 'email':
    case 'path':
      return typeof value === 'string' && !/[\r\n]/.test(value) ? value : null;
    case 'long-text':
    case 'file':
      return typeof value === 'string' ? value : null;
    case 'number':
      return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(json) ? json : null;
    case 'switch':
      return typeof value === 'boolean' ? json : null;
    case 'date':
      return typeof value === 'string' && isRealDate(value) ? value : null;
    case 'date-time':
      return typeof value === 'string' ? toLocalDateTime(value) : null;
    case 'time':
      return typeof value === 'string' ? toLocalTime(value) : null;
    case 'color':
      return typeof value === 'string' && /^#[\da-f]{6}$/i.test(value) ? value : null;
    case 'choice':
    case 'json':
    case 'object':
    case 'secret':
      return json;
  }
}

/** The JSON text for what stands in the field of a widget; null where that is nothing. `before` is the one until now. */
export function toJson(widget: Widget, text: string, before: string | null): string | null {
  switch (widget) {
    case 'text':
    case 'long-text':
      return JSON.stringify(text);
    case 'number':
      return text === '' ? null : isJsonNumber(text) ? text : String(Number(text));
    case 'date-time':
      return text === '' ? null : JSON.stringify(fromLocalDateTime(text));
    case 'time': {
      const known = before === null ? null : parseJson(before)?.value;
      return text === ''
        ? null
        : JSON.stringify(fromLocalTime(text, typeof known === 'string' ? known : null));
    }
    case 'uri':
    case 'email':
    case 'path':
    case 'file':
    case 'date':
    case 'color':
      return text === '' ? null : JSON.stringify(text);
    case 'switch':
    case 'choice':
    case 'json':
    case 'object':
    case 'secret':
      return text.trim() === '' ? null : text.trim();
  }
}

function isJsonNumber(text: string): boolean {
  return parseJson(text) !== null;
}

function isRealDate(text: string): boolean {
  const time = new Date(`${text}T00:00:00Z`);
  return (
    /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text)
  );
}
