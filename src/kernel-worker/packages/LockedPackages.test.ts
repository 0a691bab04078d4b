import lock from 'pyodide/pyodide-lock.json' with { type: 'json' };
import type { PyodideAPI } from 'pyodide';
import { expect, it } from 'vitest';
import { LockedPackages } from './LockedPackages.ts';

const locked = new LockedPackages(lock as unknown as PyodideAPI['lockfile']);

it('a package comes with what it imports, also where the lock file does not say so', () => {
  expect(locked.listWithDependencies(['httpx'], new Set())).toEqual(['httpx', 'idna']);
  expect(locked.listWithDependencies(['openai'], new Set(['pydantic']))).toContain('idna');
  expect(locked.listWithDependencies(['httpx'], new Set(['httpx']))).toEqual([]);
});
