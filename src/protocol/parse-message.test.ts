import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseFromWorker } from './parse-message.ts';

const samplesFolder = fileURLToPath(new URL('../../python/tests/wire', import.meta.url));
const sampleNames = readdirSync(samplesFolder);

/** The events of a sample that the Python tests write, with its buffers as they arrive here. */
function readEvents(name: string): unknown[] {
  const sample = JSON.parse(readFileSync(join(samplesFolder, name), 'utf8'), (_key, value: unknown) => {
    const isBuffer = typeof value === 'object' && value !== null && '$base64' in value;
    return isBuffer ? new Uint8Array(Buffer.from(String(value.$base64), 'base64')) : value;
  }) as { events: unknown[] };
  return sample.events;
}

function toMessage(event: unknown): unknown {
  return { type: 'job-event', runId: 'run', event };
}

describe('messages from the kernel worker', () => {
  it.each(sampleNames)('are taken as Python sends them: %s', (name) => {
    const events = readEvents(name);
    expect(events.length).toBeGreaterThan(0);
    for (const event of events) {
      expect(parseFromWorker(toMessage(event))).toEqual({ isOk: true, value: toMessage(event) });
    }
  });

  it.each([
    ['of no known type', { type: 'hello' }, 'at type: expected'],
    ['that are no object', 'started', 'at the value itself: expected Object'],
    ['without their fields', { type: 'started' }, 'at start: expected'],
    [
      'with a negative amount',
      { type: 'start-progressed', progress: { loadedBytes: -1, totalBytes: null } },
      'at progress.loadedBytes: expected >=0, got -1',
    ],
    [
      'of a job with a log of something else than text',
      toMessage({ type: 'log-added', entries: [{ time: 1, stream: 'stdout', text: 7 }] }),
      'at event.entries[0].text: expected string, got 7',
    ],
    [
      'of a job with more pieces of log than one message has',
      toMessage({
        type: 'log-added',
        entries: Array.from({ length: 10_001 }, () => ({ time: 1, stream: 'stdout', text: 'x' })),
      }),
      'at event.entries: expected',
    ],
    [
      'of a job with a prompt as long as a book',
      toMessage({ type: 'input-asked', prompt: 'x'.repeat(10_001) }),
      'at event.prompt: expected',
    ],
    [
      'of a job with names as long as a book',
      toMessage({ type: 'packages-found', names: ['x'.repeat(1_001)] }),
      'at event.names[0]: expected',
    ],
    [
      'of a job with files in a directory that is not kept',
      toMessage({ type: 'files-changed', change: { directory: 'home', written: [], removed: [] } }),
      'at event.change.directory: expected',
    ],
    [
      'of a job with files outside of its directory',
      toMessage({
        type: 'files-changed',
        change: { directory: 'session', written: [{ path: '../a', data: new Uint8Array() }], removed: [] },
      }),
      'at event.change.written[0].path: expected',
    ],
    [
      'of a job with two files of one path',
      toMessage({
        type: 'files-changed',
        change: {
          directory: 'session',
          written: ['a', 'b', 'a'].map((path) => ({ path, data: new Uint8Array() })),
          removed: [],
        },
      }),
      'at event.change.written: expected each path once',
    ],
    [
      'of a job that opened what is no file of its notebook',
      toMessage({ type: 'files-opened', paths: ['a.csv', '../b'] }),
      'at event.paths[1]: expected',
    ],
    [
      'of a job whose buffer is none',
      toMessage({
        type: 'job-finished',
        outcome: { status: 'done', outputs: [], images: [{ name: 'a', mediaType: 'image/png', data: [1] }] },
      }),
      'at event.outcome.images[0].data: expected Uint8Array, got Array',
    ],
    [
      'of a job with an image of no size',
      toMessage({
        type: 'job-finished',
        outcome: {
          status: 'done',
          outputs: [],
          images: [{ name: 'a', mediaType: 'image/png', data: new Uint8Array(), density: 0 }],
        },
      }),
      'at event.outcome.images[0].density: expected',
    ],
    [
      'whose columns nest',
      toMessage({
        type: 'job-finished',
        outcome: {
          status: 'done',
          images: [],
          outputs: [
            {
              handle: 'a',
              value: { kind: 'dataset', dataset: { rowCount: 0, columns: [nest(nest(nest(null)))] } },
            },
          ],
          modules: [],
          ranBlocks: [],
        },
      }),
      'at event.outcome.outputs[0].value.dataset.columns[0].children[0].children',
    ],
  ])('are refused with the place: %s', (_what, message, problem) => {
    const parsed = parseFromWorker(message);
    expect(parsed.isOk).toBe(false);
    if (!parsed.isOk) expect(parsed.problem).toContain(problem);
  });

  it.each([
    [{ parts: 'x' }, 'parts: expected'],
    [{ parts: [[1]] }, 'parts[0]: expected Uint8Array, got Array'],
    [{ name: 7 }, 'name: expected string, got 7'],
    [{ name: 'x'.repeat(1_001) }, 'name: expected'],
    [{ groups: ['x'.repeat(1_001)] }, 'groups[0]: expected'],
    [{ packages: [{ name: 'numpy' }] }, 'packages[0].version: expected'],
  ])('are refused with a model that is none: %j', (change, problem) => {
    const model = {
      name: 'm',
      groups: ['g'],
      parts: [new Uint8Array(1)],
      typeName: 'builtins.dict',
      pythonVersion: '3.13.2',
      packages: [{ name: 'numpy', version: '2.2.5' }],
      ...change,
    };
    const products = { outputs: [], images: [], modules: [], ranBlocks: [], models: [model] };
    const message = toMessage({ type: 'job-finished', outcome: { status: 'done', ...products } });
    const parsed = parseFromWorker(message);
    expect(!parsed.isOk && parsed.problem).toContain(`at event.outcome.models[0].${problem}`);
  });
});

function nest(child: unknown): unknown {
  return {
    name: '',
    type: 'mixed',
    length: 0,
    nullCount: 0,
    validity: null,
    values: null,
    offsets: null,
    timeUnit: null,
    timeZone: null,
    children: child === null ? [] : [child],
  };
}
