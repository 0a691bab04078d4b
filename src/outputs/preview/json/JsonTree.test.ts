import { expect, it } from 'vitest';
import { JsonIndexer } from './JsonIndexer.ts';
import { JsonTree } from './JsonTree.svelte.ts';
import { pathTo } from './json-path.ts';

function treeOf(value: unknown): JsonTree {
  const indexer = new JsonIndexer(JSON.stringify(value));
  while (!indexer.step(() => true));
  return new JsonTree(indexer.index);
}

function pathsOf(tree: JsonTree): string[] {
  return Array.from(tree.rows, (node) => pathTo(tree.index, node));
}

const long = Array.from({ length: 50 }, () => 0);

it('opens a small tree whole, and of a large one what is outermost', () => {
  expect(pathsOf(treeOf({ a: [1] }))).toEqual(['', '["a"]', '["a"][0]']);
  expect(pathsOf(treeOf({ a: long, b: 1 }))).toEqual(['', '["a"]', '["b"]']);
});

it('opens and closes a node, and the active one is never out of sight', () => {
  const tree = treeOf({ a: [1, [2]], b: 3 });
  tree.active = 3;
  tree.toggle(1);
  expect([pathsOf(tree), tree.active]).toEqual([['', '["a"]', '["b"]'], 1]);
  tree.toggle(1);
  expect(pathsOf(tree)).toEqual(['', '["a"]', '["a"][0]', '["a"][1]', '["a"][1][0]', '["b"]']);
  tree.closeAll();
  expect([pathsOf(tree), tree.active]).toEqual([['', '["a"]', '["b"]'], 0]);
});

it('opens what a node lies in when it is to be seen', () => {
  const tree = treeOf({ a: { b: long } });
  tree.reveal(5);
  expect([tree.active, tree.rowOf(5), pathsOf(tree)[5]]).toEqual([5, 5, '["a"]["b"][2]']);
});

it('keeps open what was open when another tree takes its place', () => {
  const before = treeOf({ a: { b: long, c: long }, d: long });
  before.toggle(1);
  before.toggle(2);
  before.active = 1;
  const after = treeOf({ z: 0, a: { c: long, b: [...long, { e: 1 }] }, d: long });
  after.openAs(before);
  expect(pathsOf(after).filter((path) => !/\[\d+\]$/.test(path))).toEqual([
    '',
    '["z"]',
    '["a"]',
    '["a"]["c"]',
    '["a"]["b"]',
    '["d"]',
  ]);
  expect(after.rows.length).toBe(6 + 51);
});
