import type { Example, ExampleConnection } from '../Example.ts';
import about from './about.md?raw';
import inBulk from './in-bulk.py?raw';
import orders from './orders.py?raw';
import rowByRow from './row-by-row.py?raw';
import shares from './shares.py?raw';

function takeOrders(cell: string): ExampleConnection {
  return { from: { cell: 'Orders', handle: 'orders' }, to: { cell, handle: 'input' } };
}

export const example: Example = {
  title: 'Row by row against bulk',
  schemas: [
    {
      name: 'Gross order',
      description: 'An order with its tax',
      fields: [
        { name: 'order_id', type: 'integer', isNullable: false, description: '' },
        { name: 'gross', type: 'number', isNullable: false, description: 'With 20 % tax' },
      ],
    },
    {
      name: 'Share of a region',
      description: '',
      fields: [
        { name: 'region', type: 'string', isNullable: false, description: '' },
        { name: 'net', type: 'number', isNullable: false, description: '' },
        { name: 'share_percent', type: 'number', isNullable: false, description: 'Of all that is sold' },
      ],
    },
  ],
  datasets: [],
  cells: [
    { kind: 'note', title: 'About', source: about },
    { kind: 'data-generator', title: 'Orders', source: orders },
    { kind: 'statement', title: 'Row by row', source: rowByRow, outputSchema: 'Gross order' },
    {
      kind: 'statement',
      title: 'In bulk',
      source: inBulk,
      outputSchema: 'Gross order',
      configuration: { isBulk: true },
    },
    {
      kind: 'statement',
      title: 'Share of each region',
      source: shares,
      outputSchema: 'Share of a region',
      configuration: { isBulk: true },
    },
  ],
  connections: ['Row by row', 'In bulk', 'Share of each region'].map(takeOrders),
};
