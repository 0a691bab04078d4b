/** The entry of the thread that has the tables. */
import './install-globals.ts';

await import('../../data/worker/table-worker.ts');
