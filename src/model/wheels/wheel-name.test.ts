import { describe, expect, it } from 'vitest';
import { parseWheelName } from './wheel-name.ts';

describe('the name of a wheel', () => {
  it.each([
    ['six-1.17.0-py2.py3-none-any.whl', { name: 'six', version: '1.17.0', isPure: true }],
    [
      'my_tools-1.0.post1+local.2-3-py310-none-any.whl',
      { name: 'my_tools', version: '1.0.post1+local.2', isPure: true },
    ],
    ['numpy-2.2.5-cp313-cp313-pyodide_2025_0_wasm32.whl', { name: 'numpy', version: '2.2.5', isPure: false }],
    ['fast-1-cp39-abi3-emscripten_4_0_9_wasm32.whl', { name: 'fast', version: '1', isPure: false }],
    [
      'zope.interface-6.0-py3-none-pyodide_2025_0_wasm32.whl',
      { name: 'zope.interface', version: '6.0', isPure: false },
    ],
  ])('says what can be loaded here: %s', (fileName, value) => {
    expect(parseWheelName(fileName)).toEqual({ isOk: true, value });
  });

  const noWheel =
    'Its name is not that of a wheel, such as six-1.17.0-py2.py3-none-any.whl. Give it the name it was downloaded or built with.';
  const sources = 'It is no wheel but a package of sources. Build a wheel of it: its name ends in .whl.';

  it.each([
    ['six.whl', noWheel],
    ['six-1.17.0.whl', noWheel],
    ['six-1.17.0-py3-none-any (1).whl', noWheel],
    ['../six-1.17.0-py3-none-any.whl', noWheel],
    ['notes.txt', noWheel],
    ['', noWheel],
    ['six-1.17.0.tar.gz', sources],
    ['six-1.17.0.ZIP', sources],
    [
      'old-1.0-py2-none-any.whl',
      'It was built for Python 2, and Python 3.13 runs here. Take the wheel for that.',
    ],
    [
      'new-1.0-py314-none-any.whl',
      'It was built for Python 3.14, and Python 3.13 runs here. Take the wheel for that.',
    ],
    [
      'numpy-2.2.5-cp312-cp312-pyodide_2025_0_wasm32.whl',
      'It was built for Python 3.12, and Python 3.13 runs here. Take the wheel for that.',
    ],
    [
      'numpy-2.2.5-cp313-cp313-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
      'It was built for Linux, whose code no browser runs. Take one that ends in -none-any.whl, or that was built for pyodide_2025_0_wasm32.',
    ],
    [
      'numpy-2.2.5-cp313-cp313-win_amd64.whl',
      'It was built for Windows, whose code no browser runs. Take one that ends in -none-any.whl, or that was built for pyodide_2025_0_wasm32.',
    ],
    [
      'numpy-2.2.5-cp313-cp313-pyodide_2024_0_wasm32.whl',
      'It was built for pyodide_2024_0_wasm32, and pyodide_2025_0_wasm32 runs here. Take the wheel for that, or one that ends in -none-any.whl.',
    ],
  ])('is refused with the reason: %s', (fileName, problem) => {
    expect(parseWheelName(fileName)).toEqual({ isOk: false, problem });
  });
});
