import csv from '../../samples/files/marks.csv?raw';
import type { Example } from '../Example.ts';
import about from './about.md?raw';
import hours from './hours.json?raw';
import look from './look.md?raw';
import meanMarks from './mean-marks.py?raw';
import meansNote from './means.md?raw';
import means from './means.json?raw';

export const example: Example = {
  title: 'From a file to a chart',
  schemas: [
    {
      name: 'Mean mark',
      description: 'Of a class in a subject',
      fields: [
        { name: 'class', type: 'string', isNullable: false, description: '' },
        { name: 'subject', type: 'string', isNullable: false, description: '' },
        { name: 'students', type: 'integer', isNullable: false, description: 'How many have a mark' },
        { name: 'mean', type: 'number', isNullable: false, description: 'Of these' },
      ],
    },
  ],
  datasets: [{ name: 'marks', csv }],
  cells: [
    { kind: 'note', title: 'About', source: about },
    { kind: 'dataset', title: 'Marks', dataset: 'marks' },
    { kind: 'note', title: 'First count', source: meansNote },
    {
      kind: 'statement',
      title: 'Mean marks',
      source: meanMarks,
      outputSchema: 'Mean mark',
      configuration: { isBulk: true },
    },
    { kind: 'chart', title: 'Means', source: means },
    { kind: 'note', title: 'Or draw', source: look },
    { kind: 'chart', title: 'Hours and marks', source: hours },
  ],
  connections: [
    { from: { cell: 'Marks', handle: 'data' }, to: { cell: 'Mean marks', handle: 'input' } },
    { from: { cell: 'Mean marks', handle: 'output' }, to: { cell: 'Means', handle: 'data' } },
    { from: { cell: 'Marks', handle: 'data' }, to: { cell: 'Hours and marks', handle: 'data' } },
  ],
};
