import { expect, it } from 'vitest';
import { chooseNotebooks } from './choose-notebooks.ts';

const [first, second, other, numbered] = ['Lesson', 'Task', 'Task', '1'].map((title) => ({ title }));
const notebooks = [first, second, other, numbered].flatMap((notebook) => notebook ?? []);

it('takes all where none is named', () => {
  expect(chooseNotebooks(notebooks, [])).toEqual({ isOk: true, value: notebooks });
});

it('takes those that are named, each once and in their order', () => {
  expect(chooseNotebooks(notebooks, ['3', 'Lesson', '3'])).toEqual({ isOk: true, value: [first, other] });
});

it('looks at titles before numbers', () => {
  expect(chooseNotebooks(notebooks, ['1'])).toEqual({ isOk: true, value: [numbered] });
});

it.each([
  ['Task', '2 notebooks are called “Task”. Give a number of these: 2, 3.'],
  ['9', 'There is no notebook “9” in it. There are: 1 “Lesson”, 2 “Task”, 3 “Task”, 4 “1”.'],
])('refuses %s', (name, problem) => {
  expect(chooseNotebooks(notebooks, [name])).toEqual({ isOk: false, problem });
});

it('refuses where there is none', () => {
  expect(chooseNotebooks([], [])).toEqual({ isOk: false, problem: 'There is no notebook in it.' });
});
