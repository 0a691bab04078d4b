// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../scripts/project.mjs';
import { pixel } from './scripts.mjs';

/**
 * @typedef {object} PreviewCase
 * @property {string} what
 * @property {string} body of the scriptlet's `main`
 * @property {readonly (readonly [act: string, shown: readonly string[]])[]} steps one after another: a button or tab that is
 * pressed, or "find …", and selectors of what is there then, images and films with their content
 * @property {string} content what a plain page has of it
 * @property {(content: string) => unknown} [prepare] makes of it what `draw` is given, before anything is measured
 * @property {(content: any) => void} draw runs in the plain page
 * @property {string} drawn a selector of what is there then
 */

const rows = Array.from({ length: 100_000 }, (_, id) => ({ id, name: `row ${id}`, text: 'x'.repeat(48) }));
const line = 'one of the many lines of a text, 10 MB\\n';
const values = Array.from({ length: 20 }, (_, a) => ({ a, b: (a * 7) % 11 }));
const bars = {
  data: { values },
  mark: 'bar',
  encoding: { x: { field: 'a', type: 'ordinal' }, y: { field: 'b', type: 'quantitative' } },
};
const figure = { data: [{ type: 'bar', y: values.map(({ b }) => b) }], layout: {} };
const flood = `<script>setInterval(() => { for (let i = 0; i < 5000; i++) parent.postMessage({ cahierHeight: i % 300 }, '*'); }, 10)</script>`;
const places = '[aria-label="Previews"] li';
const chart = '[aria-busy=false] > iframe';

/** @type {readonly PreviewCase[]} */
export const previewCases = [
  {
    what: '10 MB of JSON, opened and searched',
    body: `rows = [{"id": n, "name": f"row {n}", "text": "x" * 48} for n in range(${rows.length})]
    context.preview({"type": "json", "data": [*rows, "the needle"]})`,
    steps: [
      ['Previews', ['[role=treeitem]']],
      ['Open all', ['[data-node="2"]']],
      ['find needle', [`[data-node="${rows.length * 4 + 1}"][aria-selected=true]`]],
    ],
    content: JSON.stringify([...rows, 'the needle']),
    draw: (json) => {
      const pre = document.body.appendChild(document.createElement('pre'));
      pre.textContent = JSON.stringify(JSON.parse(json), null, 2);
    },
    drawn: 'pre',
  },
  {
    what: '10 MB of text, shown whole',
    body: `context.preview({"type": "text", "data": "${line}" * 250_000})`,
    steps: [
      ['Previews', ['[aria-label=Text] > *']],
      ['Show all', ['[aria-label=Text] > :nth-child(600)']],
    ],
    content: line.replace('\\n', '\n').repeat(250_000),
    draw: (text) => {
      const pre = document.body.appendChild(document.createElement('pre'));
      pre.style.whiteSpace = 'pre-wrap';
      pre.textContent = text;
    },
    drawn: 'pre',
  },
  {
    what: '1,000 images',
    body: `import base64
    pixel = base64.b64decode("${pixel}")
    context.preview({"type": "image", "data": [pixel + n.to_bytes(2) for n in range(1_000)]})`,
    steps: [['Previews', [`${places}:nth-child(1000)`, 'img[alt="Image 2"]']]],
    content: pixel,
    draw: (base64) => {
      const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
      for (let number = 0; number < 1_000; number += 1) {
        const image = document.body.appendChild(document.createElement('img'));
        image.width = image.height = 200;
        image.src = URL.createObjectURL(new Blob([bytes, String(number)], { type: 'image/png' }));
      }
    },
    drawn: 'img:nth-child(2)',
  },
  {
    what: '1,000 previews of a line',
    body: `for n in range(1_000):
        context.preview({"type": "text", "data": f"preview {n}"})`,
    steps: [['Previews', [`${places}:nth-child(1000)`, `${places} [aria-label=Text]`]]],
    content: '',
    draw: () => {
      for (let number = 0; number < 1_000; number += 1) {
        document.body.appendChild(document.createElement('article')).textContent = `preview ${number}`;
      }
    },
    drawn: 'article',
  },
  {
    what: 'a film of 200 MB',
    // Browsers look at what a film holds, not at its name: this one is silence.
    body: `import base64, os
    with open("film.mp4", "wb") as film:
        film.write(base64.b64decode("${makeFilmHead().toString('base64')}"))
        for _ in range(20):
            film.write(bytes([128]) * 10_000_000)
    context.preview({"type": "video", "data": "film.mp4"})
    os.remove("film.mp4")`,
    steps: [['Previews', ['video']]],
    content: makeFilmHead().toString('latin1'),
    prepare: (text) => {
      const head = Uint8Array.from(text, (sign) => sign.charCodeAt(0));
      const blocks = Array.from({ length: 20 }, () => new Uint8Array(10_000_000).fill(128));
      return new Blob([head, ...blocks], { type: 'video/mp4' });
    },
    draw: (film) => {
      const video = document.body.appendChild(document.createElement('video'));
      video.preload = 'metadata';
      video.src = URL.createObjectURL(film);
    },
    drawn: 'video',
  },
  {
    what: 'a Vega-Lite chart',
    body: `context.preview({"type": "vega-lite", "data": ${JSON.stringify(bars)}})`,
    steps: [['Previews', [chart]]],
    content: `${readLibrary('vega/build/vega.min.js')}; ${readLibrary('vega-lite/build/vega-lite.min.js')};
      new vega.View(vega.parse(vegaLite.compile(${JSON.stringify(bars)}).spec), { renderer: 'canvas', container: 'main' })
        .runAsync().then(() => document.body.append(document.createElement('p')))`,
    draw: runScript,
    drawn: 'p',
  },
  {
    what: 'a plotly chart',
    body: `context.preview({"type": "plotly", "data": ${JSON.stringify(figure)}})`,
    steps: [['Previews', [chart]]],
    content: `${readLibrary('plotly.js-dist-min/plotly.min.js')};
      Plotly.newPlot(document.querySelector('main'), ${JSON.stringify(figure)})
        .then(() => document.body.append(document.createElement('p')))`,
    draw: runScript,
    drawn: 'p',
  },
  {
    what: 'HTML that sends messages without end, until that is ended',
    body: `context.preview({"type": "html", "data": ${JSON.stringify(flood)}})`,
    steps: [['Previews', [`${places} [role=alert]`]]],
    content: flood,
    draw: (html) => {
      const frame = document.createElement('iframe');
      frame.setAttribute('sandbox', 'allow-scripts');
      frame.srcdoc = html;
      let count = 0;
      addEventListener('message', () => {
        count += 1;
        if (count === 3000) frame.replaceWith(document.createElement('p'));
      });
      document.body.append(frame);
    },
    drawn: 'p',
  },
];

/** @param {string} path */
function readLibrary(path) {
  return readFileSync(join(projectFolder, 'node_modules', path), 'utf8');
}

/** @param {string} script */
function runScript(script) {
  document.body.append(document.createElement('main'));
  document.head.append(Object.assign(document.createElement('script'), { textContent: script }));
}

/** What a WAV file of 25,000 s begins with. */
function makeFilmHead() {
  const head = Buffer.from('RIFF    WAVEfmt                     data    ');
  head.writeUInt32LE(200_000_036, 4);
  [16, 0x10001, 8000, 8000, 0x80001].forEach((word, index) => head.writeUInt32LE(word, 16 + index * 4));
  head.writeUInt32LE(200_000_000, 40);
  return head;
}
