import type { InputHandle } from '../../model/handles.ts';

/** Longer values are cut: the whole one stands in the configuration. */
const longestValue = 24;

/** What an input that is not connected takes. */
export function describeInput({ value, defaultValue, isNullable }: InputHandle): string {
  switch (value?.kind) {
    case 'json':
      return `= ${shorten(value.text)}`;
    case 'secret':
      return '= ••••';
    case 'dataset':
      return `= ${value.title}`;
    case undefined:
      if (defaultValue !== null) return `= ${shorten(defaultValue)}`;
      return isNullable ? '= null' : 'missing';
  }
}

function shorten(text: string): string {
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}
