export { isTakenAlong } from './folder-files.ts';
export { importFlow } from './import-flow.ts';
export { listFlows } from './list-flows.ts';
export { readZip } from './read-zip.ts';
