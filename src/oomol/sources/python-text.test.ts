import { describe, expect, it } from 'vitest';
import { ModuleNames } from './module-names.ts';
import { findImports } from './python-text.ts';

describe('the imports of a Python text', () => {
  it('are told by their first names, absolute and from beside', () => {
    const text = [
      'import os, json as j, xml.etree.ElementTree  # and more',
      'from pandas.api import types',
      '  from .near.by import x',
      'from . import (one, two as three)',
      'from ..far import y',
      'important = 1',
      'x = "from nowhere"; import sys',
    ].join('\n');
    expect(findImports(text)).toEqual({
      absolute: new Set(['pandas', 'os', 'json', 'xml']),
      relative: new Set(['near', 'one', 'two']),
      relativeDepth: 2,
    });
  });
});

describe('the name of a module', () => {
  it.each([
    ['shapes', 'shapes'],
    ['+scriptlet#1', 'scriptlet_1'],
    ['chart-generator', 'chart_generator'],
    ['2d', 'task_2d'],
    ['class', 'class_task'],
    ['json', 'json_task'],
    ['größe', 'größe'],
    ['#', 'task_'],
    ['taken', 'taken_2'],
  ])('for %s is %s', (wanted, name) => {
    expect(new ModuleNames(['taken']).choose(wanted)).toBe(name);
  });

  it('is given once', () => {
    const names = new ModuleNames([]);
    expect([names.choose('a'), names.choose('a'), names.choose('a')]).toEqual(['a', 'a_2', 'a_3']);
  });
});
