import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** What each room of `src` may import, beside itself; `*` is every room. */
const rooms: Record<string, readonly string[]> = {
  shared: [],
  model: ['shared'],
  protocol: ['shared', 'model'],
  'kernel-worker': ['shared', 'model', 'protocol'],
  'service-worker': ['shared', 'protocol'],
  kernel: ['shared', 'model', 'protocol'],
  site: ['shared', 'model', 'protocol', 'kernel'],
  storage: ['shared', 'model', 'identity'],
  data: ['shared', 'model'],
  oomol: ['shared', 'model'],
  samples: ['shared'],
  examples: ['shared', 'model', 'samples'],
  identity: ['shared', 'model'],
  session: ['shared', 'model', 'identity', 'kernel', 'storage', 'data', 'oomol', 'examples'],
  editor: ['shared', 'model'],
  outputs: ['shared', 'model', 'data', 'ui'],
  ui: ['shared'],
  page: ['shared', 'model', 'editor', 'ui'],
  views: ['shared', 'model', 'samples', 'examples', 'session', 'editor', 'outputs', 'page', 'ui'],
  headless: [
    ...['shared', 'model', 'protocol', 'kernel', 'kernel-worker', 'service-worker'],
    ...['storage', 'data', 'oomol', 'session', 'editor'],
  ],
  'begin.ts': ['*'],
  'main.ts': ['*'],
};

/** Rooms that see neither the page nor any library of it. */
const pureRooms = ['shared', 'model', 'protocol'];
const pageLibraries = [
  ...['svelte', 'idb', 'monaco-editor', 'pyodide', 'apache-arrow', 'papaparse'],
  ...['markdown-it', 'dompurify', 'temml', 'virtual:frame-library'],
];

/** The one room of each big library. */
const libraryRooms: Record<string, string> = {
  idb: 'storage',
  'monaco-editor': 'editor',
  pyodide: 'kernel-worker',
  'apache-arrow': 'data',
  yaml: 'oomol',
  '@cfworker/json-schema': 'model',
  '@noble/hashes': 'model',
  papaparse: 'data',
  'parquet-wasm': 'data',
  'read-excel-file': 'data',
  '@dagrejs/dagre': 'views',
  diff: 'views',
  'markdown-it': 'outputs',
  dompurify: 'outputs',
  temml: 'outputs',
  'virtual:frame-library': 'outputs',
  'vega-lite': 'editor',
};

interface Import {
  /** Paths relative to `src`, with slashes. */
  readonly file: string;
  readonly specifier: string;
}

/** A sentence for each import that the table does not allow. */
function findBreaches(imports: readonly Import[]): string[] {
  return imports.flatMap(({ file, specifier }) => {
    const room = toRoom(file);
    const allowed = rooms[room];
    if (!allowed) return [`${file}: "${room}" is no room of src. Rooms: ${Object.keys(rooms).join(', ')}.`];
    if (!specifier.startsWith('.')) return findLibraryBreach(file, room, specifier);
    const target = toRoom(join(file, '..', specifier).split(sep).join('/'));
    if (target !== room && specifier.includes('/testing/')) {
      return [`${file} imports "${specifier}": what is in a folder "testing" is for tests alone.`];
    }
    if (room === 'session' && target === 'kernel' && !specifier.endsWith('kernel/Kernel.ts')) {
      return [
        `${file} imports "${specifier}": session may import the interface kernel/Kernel.ts and no more of it.`,
      ];
    }
    if (room === 'site' && target === 'kernel' && !specifier.endsWith('kernel/Mailbox.ts')) {
      return [
        `${file} imports "${specifier}": site may import the interface kernel/Mailbox.ts and no more of it.`,
      ];
    }
    if (target === room || allowed.includes('*') || allowed.includes(target)) return [];
    const list = allowed.length > 0 ? allowed.join(', ') : 'no other room';
    return [`${file} imports "${specifier}": ${room} may import ${list}, and not ${target}.`];
  });
}

function findLibraryBreach(file: string, room: string, specifier: string): string[] {
  const name = specifier.startsWith('@')
    ? specifier.split('/').slice(0, 2).join('/')
    : specifier.split('/')[0];
  const library = name ?? specifier;
  if (pureRooms.includes(room) && pageLibraries.includes(library)) {
    return [
      `${file} imports "${specifier}": ${pureRooms.join(', ')} are plain data and functions and see no ${library}.`,
    ];
  }
  const owner = libraryRooms[library];
  if (owner && owner !== room) {
    return [
      `${file} imports "${specifier}": only ${owner} imports ${library}; give it a function for what is needed.`,
    ];
  }
  return [];
}

function toRoom(path: string): string {
  return path.split('/')[0] ?? path;
}

/** The imports of a file, also dynamic ones and those of types. */
function listImports(file: string, content: string): Import[] {
  const scripts = file.endsWith('.svelte')
    ? [...content.matchAll(/<script[^>]*>(.*?)<\/script>/gs)].map((match) => match[1] ?? '')
    : [content];
  const workers = [...content.matchAll(/new URL\('(\.[^']+)', import\.meta\.url\)/g)].map(
    (match) => match[1] ?? '',
  );
  const found = scripts.flatMap((script) =>
    ts.preProcessFile(script).importedFiles.map((imported) => imported.fileName),
  );
  return [...found, ...workers].map((specifier) => ({ file, specifier }));
}

function readSources(): Import[] {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|svelte)$/.test(name) && !/(\.test|\.d)\.ts$|[\\/]testing[\\/]/.test(name))
    .flatMap((name) => {
      const file = relative('.', name).split(sep).join('/');
      return listImports(file, readFileSync(join(folder, name), 'utf8'));
    });
}

describe('the layers of src', () => {
  it('are kept by every file', () => {
    const imports = readSources();
    expect(imports.length).toBeGreaterThan(200);
    expect(findBreaches(imports)).toEqual([]);
  });

  it('name the arrows that are allowed when one is not', () => {
    const breaches = findBreaches([
      ...listImports('model/cell.ts', "import { open } from '../storage/Database.ts';"),
      ...listImports(
        'views/App.svelte',
        '<script lang="ts">const x = import(\'../kernel/Kernel.ts\');</script>',
      ),
      ...listImports('session/a.ts', "import type { IDBPDatabase } from 'idb';"),
      ...listImports('model/b.ts', "import { mount } from 'svelte';"),
      ...listImports('ui/c.ts', "new Worker(new URL('../kernel-worker/entry.ts', import.meta.url));"),
      ...listImports('session/f.ts', "import { WorkerKernel } from '../kernel/WorkerKernel.ts';"),
      ...listImports('site/g.ts', "import { WorkerKernel } from '../kernel/WorkerKernel.ts';"),
      ...listImports('views/h.ts', "import { buildCell } from '../model/testing/builders.ts';"),
      ...listImports('helpers/d.ts', "import '../ui/format.ts';"),
      ...listImports(
        'outputs/table/e.ts',
        "import { x } from '../../data/TableSource.ts'; import y from './y.ts';",
      ),
    ]);
    expect(breaches).toEqual([
      'model/cell.ts imports "../storage/Database.ts": model may import shared, and not storage.',
      'views/App.svelte imports "../kernel/Kernel.ts": views may import shared, model, samples, examples, session, editor, outputs, page, ui, and not kernel.',
      'session/a.ts imports "idb": only storage imports idb; give it a function for what is needed.',
      'model/b.ts imports "svelte": shared, model, protocol are plain data and functions and see no svelte.',
      'ui/c.ts imports "../kernel-worker/entry.ts": ui may import shared, and not kernel-worker.',
      'session/f.ts imports "../kernel/WorkerKernel.ts": session may import the interface kernel/Kernel.ts and no more of it.',
      'site/g.ts imports "../kernel/WorkerKernel.ts": site may import the interface kernel/Mailbox.ts and no more of it.',
      'views/h.ts imports "../model/testing/builders.ts": what is in a folder "testing" is for tests alone.',
      `helpers/d.ts: "helpers" is no room of src. Rooms: ${Object.keys(rooms).join(', ')}.`,
    ]);
  });
});
