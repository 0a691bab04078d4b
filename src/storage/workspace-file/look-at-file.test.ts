import { readFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { lookAtFile } from './look-at-file.ts';

const workspaceFile = readFileSync(new URL('./testing/format-1.cahier', import.meta.url));

function zip(...paths: readonly string[]): Blob {
  const files = Object.fromEntries(paths.map((path) => [path, strToU8('{}')]));
  return new Blob([new Uint8Array(zipSync(files))]);
}

it('knows a workspace by what is in it', async () => {
  const files = [
    new Blob([workspaceFile]),
    zip('workspace.json', 'manifest.json', 'readme.txt'),
    zip('manifest.json', 'extension.js'),
    zip('folder/workspace.json', 'folder/manifest.json'),
    zip('flow.oo.yaml'),
  ];
  expect(await Promise.all(files.map(lookAtFile))).toEqual(['workspace', 'workspace', 'zip', 'zip', 'zip']);
});

it('knows a page that was saved of a notebook', async () => {
  const page = readFileSync(new URL('../../page/testing/sales.html', import.meta.url));
  expect(await lookAtFile(new Blob([page]))).toBe('saved-page');
});

it('takes a zip that is cut off, or that no honest program makes, for a zip', async () => {
  const files = [
    new Blob([workspaceFile.subarray(0, 1_000)]),
    zip('../workspace.json', 'manifest.json'),
    new Blob(['PK']),
  ];
  expect(await Promise.all(files.map(lookAtFile))).toEqual(['zip', 'zip', 'zip']);
});

it('knows a web page, and leaves the rest to others', async () => {
  const texts = [
    '<!doctype html><title>Sign in</title>',
    '\n <HTML lang="en">',
    '<?xml version="1.0"?>',
    'a,b',
    '',
  ];
  expect(await Promise.all(texts.map((text) => lookAtFile(new Blob([text]))))).toEqual([
    'page',
    'page',
    'other',
    'other',
    'other',
  ]);
});
