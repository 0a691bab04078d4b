import { describe, expect, it, test } from 'vitest';
import { buildCell, buildNotebook } from '../../model/testing/builders.ts';
import { createPlainName, nameFolders, nameRecord, nameSources } from './file-names.ts';
import { writeStableJson, writeStableList } from './stable-json.ts';

describe('the name of a file', () => {
  it.each([
    ['Sales, März 2026', 'sales-marz-2026'],
    ['../../etc/passwd', 'etc-passwd'],
    ['CON', 'con-cell'],
    ['lpt1', 'lpt1-cell'],
    ['🎓 数据', 'cell'],
    ['', 'cell'],
    ['a'.repeat(300), 'a'.repeat(60)],
    [`${'a'.repeat(59)} b`, 'a'.repeat(59)],
  ])('of what is called %j is %j', (title, name) => {
    expect(createPlainName(title, 'cell')).toBe(name);
  });

  it('is no other’s, whatever two are called', () => {
    const cells = ['a', 'A', 'a-2', 'a'].map((title, index) => buildCell(`${index}`, { title }));
    expect([...nameSources(cells).values()]).toEqual(['a.py', 'a-2.py', 'a-2-2.py', 'a-3.py']);
    const notebooks = ['a', 'a!'].map((title) => buildNotebook([], { title }));
    expect([...nameFolders(notebooks).values()]).toEqual(['a', 'a-2']);
  });

  it('of a record is its id, where every system takes that', () => {
    expect([nameRecord('0b9e-12'), nameRecord('../a')]).toEqual([
      '0b9e-12.json',
      expect.stringMatching(/^[0-9a-f]{64}\.json$/),
    ]);
  });
});

test('stable JSON has its names in order, but those of a schema as they were written', () => {
  expect(writeStableJson({ b: [{ d: 1, c: undefined }], a: { schema: { z: 1, y: { x: 2, a: 3 } } } })).toBe(`{
  "a": {
    "schema": {
      "z": 1,
      "y": {
        "x": 2,
        "a": 3
      }
    }
  },
  "b": [
    {
      "d": 1
    }
  ]
}
`);
});

test('a list in pieces is what it would be as a whole', () => {
  for (const list of [[], [1], [{ b: 1, a: ['x\n  y'] }, 'c', []]]) {
    expect([...writeStableList(list)].join('')).toBe(writeStableJson(list));
  }
});
