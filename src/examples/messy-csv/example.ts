import type { Example } from '../Example.ts';
import about from './about.md?raw';
import cleanMembers from './clean-members.py?raw';
import countTowns from './count-towns.py?raw';
import csv from './members.csv?raw';

export const example: Example = {
  title: 'Cleaning a messy CSV',
  schemas: [
    {
      name: 'Club member',
      description: 'A member as the club wants to know them',
      fields: [
        { name: 'member_no', type: 'integer', isNullable: false, description: 'No two members share one' },
        { name: 'name', type: 'string', isNullable: false, description: 'First name first' },
        { name: 'joined', type: 'date', isNullable: true, description: '' },
        { name: 'town', type: 'string', isNullable: true, description: '' },
        { name: 'fee', type: 'number', isNullable: true, description: 'In euros; 0 for those who pay none' },
        { name: 'email', type: 'string', isNullable: true, description: '' },
        { name: 'newsletter', type: 'boolean', isNullable: true, description: 'Null where nobody asked' },
      ],
    },
    {
      name: 'Members of a town',
      description: '',
      fields: [
        { name: 'town', type: 'string', isNullable: false, description: '' },
        { name: 'members', type: 'integer', isNullable: false, description: '' },
        { name: 'fees', type: 'number', isNullable: false, description: 'In euros, of all of them' },
      ],
    },
  ],
  datasets: [{ name: 'Club members', csv }],
  cells: [
    { kind: 'note', title: 'About', source: about },
    {
      kind: 'statement',
      title: 'Clean members',
      source: cleanMembers,
      dataset: 'Club members',
      outputSchema: 'Club member',
      configuration: { isBulk: true },
    },
    {
      kind: 'statement',
      title: 'Members by town',
      source: countTowns,
      inputSchema: 'Club member',
      outputSchema: 'Members of a town',
      configuration: { isBulk: true },
    },
  ],
  connections: [
    { from: { cell: 'Clean members', handle: 'output' }, to: { cell: 'Members by town', handle: 'input' } },
  ],
};
