import { expect, test } from 'vitest';
import { positionAfterKey } from './grid-keys.ts';

const size = { rowCount: 100, columnCount: 10, pageRowCount: 11 };
const at = { row: 50, column: 5 };
const press = (combination: string, from = at) => {
  const keys = combination.split('+');
  const has = (name: string) => keys.includes(name);
  const event = {
    key: keys.at(-1) ?? '',
    ctrlKey: has('Ctrl'),
    metaKey: has('Meta'),
    altKey: has('Alt'),
    shiftKey: has('Shift'),
  };
  const position = positionAfterKey(event, from, size);
  return position === null ? null : [position.row, position.column];
};

test.each<[string, [number, number]]>([
  ['ArrowUp', [49, 5]],
  ['ArrowDown', [51, 5]],
  ['ArrowLeft', [50, 4]],
  ['ArrowRight', [50, 6]],
  ['PageUp', [39, 5]],
  ['PageDown', [61, 5]],
  ['Home', [50, 0]],
  ['End', [50, 9]],
  ['Ctrl+Home', [0, 0]],
  ['Ctrl+End', [99, 9]],
  ['Meta+ArrowDown', [99, 5]],
  ['Ctrl+ArrowLeft', [50, 0]],
])('%s leads to row and column %j', (combination, expected) => {
  expect(press(combination)).toEqual(expected);
});

test('no key leads out of the table', () => {
  const first = { row: 0, column: 0 };
  const last = { row: 99, column: 9 };

  expect(['ArrowUp', 'ArrowLeft', 'PageUp'].map((key) => press(key, first))).toEqual(Array(3).fill([0, 0]));
  expect(['ArrowDown', 'ArrowRight', 'PageDown'].map((key) => press(key, last))).toEqual(
    Array(3).fill([99, 9]),
  );
});

test.each(['a', 'Tab', 'Escape', 'Alt+ArrowLeft', 'Ctrl+PageDown'])(
  '%s is not a key of the table',
  (combination) => {
    expect(press(combination)).toBeNull();
  },
);
