import { describe, expect, it } from 'vitest';
import { listFlows } from './list-flows.ts';
import { buildFiles } from './testing/build-files.ts';

describe('the flows of a folder', () => {
  it('are listed with their titles, else those of their folders, and broken ones with the reason', () => {
    const files = buildFiles({
      'top/flows/b/flow.oo.yaml': 'nodes: []',
      'top/flows/a/flow.oo.yml': 'title: First\nnodes: []',
      'top/flows/c/flow.oo.yaml': 'nodes: 1',
      'top/subflows/d/subflow.oo.yaml': 'title: none',
      'top/flows/e/workflow.oo.yaml': 'title: none',
      'flow.oo.yaml': 'name: Old',
    });
    expect(listFlows(files)).toEqual([
      { path: 'flow.oo.yaml', title: 'Old', problem: null },
      { path: 'top/flows/a/flow.oo.yml', title: 'First', problem: null },
      { path: 'top/flows/b/flow.oo.yaml', title: 'b', problem: null },
      {
        path: 'top/flows/c/flow.oo.yaml',
        title: 'c',
        problem: 'top/flows/c/flow.oo.yaml at nodes: expected Array, got YamlNumber.',
      },
    ]);
  });
});
