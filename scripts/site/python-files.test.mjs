// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFolder } from '../project.mjs';
import { distributionUrl } from '../wheels/lock.mjs';
import { collectPythonFiles } from './python-files.mjs';

describe('the files that the site serves for Python', () => {
  it('come with the address of the others, which the page reaches through its own origin alone', () => {
    const { description } = collectPythonFiles();
    expect(description.wheelCdnUrl).toBe(distributionUrl());
    const page = readFileSync(join(projectFolder, 'index.html'), 'utf8');
    const policy = /connect-src ([^;]+);/.exec(page)?.[1];
    expect(policy).toBe("'self' blob: data:");
  });

  it('hold the core of Pyodide and the SDK, under one name for the same content', () => {
    const { files, description } = collectPythonFiles();
    const paths = files.map((file) => file.path);
    expect(paths).toEqual(
      expect.arrayContaining(['pyodide/pyodide.asm.wasm', 'pyodide/python_stdlib.zip', description.sdkPath]),
    );
    expect(collectPythonFiles().description.sdkPath).toBe(description.sdkPath);
  });
});
