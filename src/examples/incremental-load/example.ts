import type { Example } from '../Example.ts';
import about from './about.md?raw';
import source from './load-new-readings.py?raw';
import csv from './readings.csv?raw';

export const example: Example = {
  title: 'Incremental load with a checkpoint',
  schemas: [
    {
      name: 'Meter reading',
      description: 'What a water meter counted in a month',
      fields: [
        { name: 'reading_id', type: 'integer', isNullable: false, description: 'Grows with each reading' },
        { name: 'meter', type: 'string', isNullable: false, description: '' },
        { name: 'month', type: 'string', isNullable: false, description: 'Year and month' },
        { name: 'cubic_metres', type: 'number', isNullable: false, description: '' },
      ],
    },
  ],
  datasets: [{ name: 'Water meter readings', csv }],
  cells: [
    { kind: 'note', title: 'About', source: about },
    {
      kind: 'statement',
      title: 'Load new readings',
      source,
      dataset: 'Water meter readings',
      outputSchema: 'Meter reading',
      configuration: {
        isBulk: true,
        checkpointColumn: 'reading_id',
        isAppending: true,
        cycles: { type: 'until-empty' },
      },
    },
  ],
  connections: [],
};
