import type { Example } from '../Example.ts';
import about from './about.md?raw';
import chart from './chart.py?raw';
import bottles from './bottles.py?raw';

export const example: Example = {
  title: 'A bar chart with timestamps',
  schemas: [],
  datasets: [],
  cells: [
    { kind: 'note', title: 'About', source: about },
    {
      kind: 'data-generator',
      title: 'Bottles filled',
      source: bottles,
      configuration: {
        manualTypes: [{ column: 'bottles', scale: 'ratio', representation: 'int' }],
      },
    },
    {
      kind: 'scriptlet',
      title: 'Interactive chart',
      description: '',
      source: chart,
      inputs: [
        {
          name: 'bottles',
          description: 'How many each shift filled',
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
    {
      from: { cell: 'Bottles filled', handle: 'bottles' },
      to: { cell: 'Interactive chart', handle: 'bottles' },
    },
  ],
};
