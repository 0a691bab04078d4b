import { describe, expect, it } from 'vitest';
import { describeConnections, importFiles, listNotes } from '../testing/import-files.ts';

/** A Python task with an input `in` and an output `out`, as YAML. */
const task =
  '{ inputs_def: [{ handle: in }], outputs_def: [{ handle: out }], executor: { name: python, options: { source: "" } } }';

/** A node of that task, fed by the outputs `out` of others. */
function node(id: string, ...sources: readonly string[]): string {
  const from = sources.map((source) => `{ node_id: ${source}, output_handle: out }`).join(', ');
  return `{ node_id: ${id}, task: ${task}, inputs_from: [{ handle: in, from_node: [${from}] }] }`;
}

function importNodes(...nodes: readonly string[]) {
  return importFiles({ 'flow.oo.yaml': `nodes:\n${nodes.map((one) => `  - ${one}\n`).join('')}` });
}

describe('the connections of a flow', () => {
  it('put each cell below what feeds it, and keep the order of the flow where they leave it free', () => {
    const imported = importNodes(node('a', 'c'), node('b'), node('c', 'd'), node('d'), node('e', 'a'));
    expect(imported.cells.map(({ title }) => title)).toEqual(['d', 'c', 'a', 'b', 'e']);
    expect(describeConnections(imported)).toEqual([
      'cell-3.out → cell-1.in',
      'cell-4.out → cell-3.in',
      'cell-1.out → cell-5.in',
    ]);
    expect(imported.notes).toEqual([]);
  });

  it('of one input are one: the first that can be, and a note for each other', () => {
    const imported = importNodes(node('a'), node('b'), node('c', 'gone', 'b', 'a'));
    expect(describeConnections(imported)).toEqual(['cell-2.out → cell-3.in']);
    expect(imported.notes).toEqual([
      {
        nodeId: 'c',
        file: 'flow.oo.yaml',
        what: 'The connection from "out" of "gone" to "in" of "c" was left out: "gone" was not imported.',
        remedy: 'Connect the input by hand where it needs a value.',
      },
      {
        nodeId: 'c',
        file: 'flow.oo.yaml',
        what: 'The connection from "out" of "a" to "in" of "c" was left out: the input is connected already, and a cell runs once, where OOCANA runs a node for each value that comes.',
        remedy: 'Connect the input by hand where it needs a value.',
      },
    ]);
  });

  it('that would close a circle are left out with the way it goes', () => {
    const imported = importNodes(node('a', 'c'), node('b', 'a'), node('c', 'b'), node('d', 'd'));
    expect(describeConnections(imported)).toEqual(['cell-3.out → cell-1.in', 'cell-1.out → cell-2.in']);
    expect(listNotes(imported)).toEqual([
      'c: The connection from "out" of "b" to "in" of "c" was left out: it would close the circle c → a → b → c.',
      'd: The connection from "out" of "d" to "in" of "d" was left out: it would close the circle d → d.',
    ]);
  });

  it('to what is not declared are left out', () => {
    const imported = importNodes(
      `{ node_id: a, task: ${task}, inputs_from: [{ handle: other, from_node: [{ node_id: b, output_handle: out }] }] }`,
      node('b'),
      `{ node_id: c, task: ${task}, inputs_from: [{ handle: in, from_node: [{ node_id: b, output_handle: lost }] }] }`,
    );
    expect(imported.connections).toEqual([]);
    expect(listNotes(imported)).toEqual([
      'a: The input "other" was left out with what it is given: its task does not declare it, and OOCANA drops it, too.',
      'c: The connection from "lost" of "b" to "in" of "c" was left out: "b" declares no such output.',
    ]);
  });

  it('to inputs of the flow itself are left out', () => {
    const imported = importNodes(
      `{ node_id: a, task: ${task}, inputs_from: [{ handle: in, from_flow: [{ input_handle: x }] }] }`,
    );
    expect(imported.notes).toEqual([
      {
        nodeId: 'a',
        file: 'flow.oo.yaml',
        what: 'The input "in" takes the input "x" of the flow itself, which a notebook has none of.',
        remedy: 'Set "in" on the cell, or connect it.',
      },
    ]);
  });
});

describe('the nodes of a flow that cannot be cells', () => {
  const between = 'inputs_from: [{ handle: in, from_node: [{ node_id: a, output_handle: out }] }]';

  it.each([
    ['subflow: self::clean', 'A subflow is not supported (self::clean).'],
    ['subflow: x, slots: [{ slot_node_id: s }]', 'A subflow is not supported (x).'],
    ['service: "pkg::app::ask"', 'A service is not supported (pkg::app::ask).'],
    ['slot: { inputs_def: [] }', 'A slot is not supported.'],
    [
      'conditions: { cases: [] }, inputs_def: [{ handle: x, type: integer }]',
      'Conditions are not supported.',
    ],
    [
      'task: { executor: { name: nodejs, options: { entry: a.ts } } }',
      'Its task runs with nodejs, and only Python runs here.',
    ],
    ['task: { executor: { name: shell } }', 'Its task runs with shell, and only Python runs here.'],
    ['task: {}', 'Its task names no executor.'],
    [
      'task: { executor: { name: python, options: { function: "a b" } } }',
      'Its function "a b" is no name of Python.',
    ],
    ['task: self::gone', 'Its task "self::gone" is not among the files.'],
    ['task: "tools::gone"', 'Its task "tools::gone" is not among the files.'],
    [`ignore: true, task: ${task}`, 'It is switched off in the flow.'],
    ['comment: hello', 'It is of no known kind: it has node_id, inputs_from, comment.'],
  ])('are named with what they touch: %s', (kind, why) => {
    const imported = importNodes(node('a'), `{ node_id: x, ${kind}, ${between} }`, node('b', 'x'));
    expect(imported.cells.map(({ title }) => title)).toEqual(['a', 'b']);
    expect(imported.connections).toEqual([]);
    expect(listNotes(imported)).toEqual([
      `x: The node was left out. ${why} It touches "a", "b".`,
      'b: The connection from "out" of "x" to "in" of "b" was left out: "x" was not imported.',
    ]);
  });

  it('are told what to do about: a missing package is to be put beside', () => {
    const { notes } = importNodes(
      '{ node_id: x, task: "tools::gone" }',
      '{ node_id: y, task: "self::gone" }',
    );
    expect(notes.map(({ remedy }) => remedy)).toEqual([
      'Put the folder of the package "tools" beside those of the flow, and import it again.',
      'Put the folder of the task "self::gone" beside those of the flow, and import it again.',
    ]);
  });

  it('are those whose task is broken, with the place', () => {
    const imported = importFiles({
      'flow.oo.yaml': 'nodes: [{ node_id: x, task: ./one }, { node_id: y, task: ./two }]',
      'one/task.oo.yaml': 'a: [',
      'two/task.oo.yaml': 'executor: { name: 7 }',
    });
    expect(imported.notes.map(({ file, what }) => [file, what])).toEqual([
      [
        'one/task.oo.yaml',
        expect.stringMatching(/Its task cannot be read: one\/task\.oo\.yaml, line 1, column 5: /),
      ],
      [
        'two/task.oo.yaml',
        'The node was left out. Its task cannot be read: two/task.oo.yaml at executor.name: expected string, got YamlNumber.',
      ],
    ]);
  });

  it('are those whose id another one has', () => {
    const imported = importNodes(node('a'), node('a'));
    expect(imported.cells.map(({ title }) => title)).toEqual(['a']);
    expect(listNotes(imported)).toEqual([
      'a: Another node has the id "a" already, so that the later one was left out.',
    ]);
  });
});
