import { expect, it } from 'vitest';
import { parseArguments } from './parse-arguments.ts';

const plain = {
  path: 'a.cahier',
  notebooks: [],
  inputs: [],
  hosts: [],
  timeoutSeconds: null,
  isJson: false,
  isStable: false,
  outputFolder: null,
};

it('reads a file alone', () => {
  expect(parseArguments(['a.cahier'])).toEqual({ isOk: true, value: { type: 'run', options: plain } });
});

it('reads all options', () => {
  const given = [
    '--json',
    '--stable',
    '--notebook',
    'First',
    '--notebook=2',
    '--input',
    'Cell.n={"a": "b=c"}',
  ];
  const more = [
    '--allow-host',
    'https://Data.example.org/x',
    '--timeout',
    '1.5',
    '--output',
    'out',
    'a.cahier',
  ];
  expect(parseArguments([...given, ...more])).toEqual({
    isOk: true,
    value: {
      type: 'run',
      options: {
        path: 'a.cahier',
        notebooks: ['First', '2'],
        inputs: [{ name: 'Cell.n', json: '{"a": "b=c"}' }],
        hosts: ['data.example.org'],
        timeoutSeconds: 1.5,
        isJson: true,
        isStable: true,
        outputFolder: 'out',
      },
    },
  });
});

it('gives help, whatever else was typed', () => {
  expect(parseArguments(['--help', 'a.cahier'])).toEqual({ isOk: true, value: { type: 'help' } });
});

it.each([
  [[], 'Name a workspace file, or the folder of a flow.'],
  [['a', 'b'], 'Only one file is run at a time; “b” is a second one.'],
  [['a', '--timeout', 'soon'], '--timeout soon: give a number of seconds above 0, such as 60.'],
  [['a', '--timeout', '0'], '--timeout 0: give a number of seconds above 0, such as 60.'],
  [['a', '--input', 'n'], '--input n: write NAME=JSON, such as --input count=3.'],
  [['a', '--input', 'n=x'], `--input n=x: “x” is no JSON. A text stands in quotes: --input 'n="…"'.`],
])('refuses %j', (given, problem) => {
  expect(parseArguments(given)).toEqual({ isOk: false, problem });
});
