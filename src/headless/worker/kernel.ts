/** The entry of the thread that has Python in it: the page's own worker, in the place that it expects. */
import './install-globals.ts';

await import('../../kernel-worker/entry.ts');
