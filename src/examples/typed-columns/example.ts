import type { Example } from '../Example.ts';
import about from './about.md?raw';
import chart from './chart.py?raw';
import visits from './visits.py?raw';

export const example: Example = {
  title: 'Columns with types',
  schemas: [],
  datasets: [],
  cells: [
    { kind: 'note', title: 'About', source: about },
    {
      kind: 'data-generator',
      title: 'Visits',
      source: visits,
      configuration: {
        manualTypes: [
          { column: 'at', scale: 'interval', representation: 'datetime' },
          { column: 'shop', scale: 'nominal', representation: 'string' },
          { column: 'rating', scale: 'ordinal', representation: 'int' },
          { column: 'spent', scale: 'ratio', representation: 'double' },
        ],
      },
    },
    {
      kind: 'scriptlet',
      title: 'Chart of the visits',
      description: '',
      source: chart,
      inputs: [
        {
          name: 'visits',
          description: 'With the types of its columns',
          schema: {},
          isNullable: false,
          isAdditional: false,
          defaultValue: null,
          value: null,
        },
      ],
      outputs: [],
    },
  ],
  connections: [
    { from: { cell: 'Visits', handle: 'visits' }, to: { cell: 'Chart of the visits', handle: 'visits' } },
  ],
};
