import type { Example } from '../Example.ts';
import about from './about.md?raw';
import askServer from './ask-server.py?raw';
import askWithRequests from './ask-with-requests.py?raw';

export const example: Example = {
  title: 'Your name by token',
  schemas: [],
  datasets: [],
  cells: [
    { kind: 'note', title: 'About', source: about },
    { kind: 'data-generator', title: 'Who am I?', source: askServer },
    { kind: 'data-generator', title: 'The same by requests', source: askWithRequests },
  ],
  connections: [],
};
