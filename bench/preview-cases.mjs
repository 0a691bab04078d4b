// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../scripts/project.mjs';
import { pixel } from './scripts.mjs';

/**
 * What is measured of a preview, after the one before.
 * @typedef {object} Step
 * @property {string} what
 * @property {string} [press] the text of a button or tab
 * @property {string} [search] typed into the field
 * @property {readonly string[]} shown selectors of what is there when it is over, images and films with their content
 * @property {(argument: string) => unknown} [draw] the same in a plain page
 */

/**
 * @typedef {object} PreviewCase
 * @property {string} what
 * @property {string} body of the scriptlet's `main`
 * @property {string} [argument] what `draw` is given
 * @property {(argument: string) => unknown} [prepare] makes, before anything is measured, `benchContent` of what `draw` shows
 * @property {readonly Step[]} steps
 * @property {readonly string[]} [bareShown] what is there when the plain page is done, where it is not the body's first child
 */

const rowCount = 100_000;

const bar = {
  data: { values: Array.from({ length: 20 }, (_, a) => ({ a, b: (a * 7) % 11 })) },
  mark: 'bar',
  encoding: { x: { field: 'a', type: 'ordinal' }, y: { field: 'b', type: 'quantitative' } },
};
const figure = { data: [{ type: 'bar', y: Array.from({ length: 20 }, (_, a) => (a * 7) % 11) }], layout: {} };

const flood = `<script>setInterval(() => { for (let i = 0; i < 5000; i++) parent.postMessage({ cahierHeight: i % 300 }, '*'); }, 10)</script>`;

/** @param {readonly string[]} paths */
function readLibrary(...paths) {
  return paths.map((path) => readFileSync(join(projectFolder, 'node_modules', path), 'utf8')).join('\n;\n');
}

const chartShown = ['[aria-busy=false] > iframe'];

/** @type {readonly PreviewCase[]} */
export const previewCases = [
  {
    what: '10 MB of JSON',
    body: `rows = [{"id": n, "name": f"row {n}", "text": "x" * 48} for n in range(${rowCount})]
    context.preview({"type": "json", "data": [*rows, "the needle"]})`,
    argument: String(rowCount),
    prepare: (count) => {
      const rows = Array.from({ length: Number(count) }, (_, id) => ({
        id,
        name: `row ${id}`,
        text: 'x'.repeat(48),
      }));
      Reflect.set(window, 'benchContent', JSON.stringify([...rows, 'the needle']));
    },
    steps: [
      {
        what: 'shown',
        press: 'Previews',
        shown: ['[role=treeitem]'],
        draw: () => {
          const pre = document.createElement('pre');
          pre.textContent = JSON.stringify(JSON.parse(Reflect.get(window, 'benchContent')), null, 2);
          document.body.append(pre);
        },
      },
      { what: 'all opened', press: 'Open all', shown: ['[data-node="2"]'] },
      {
        what: 'its last value found',
        search: 'needle',
        shown: [`[data-node="${rowCount * 4 + 1}"][aria-selected=true]`],
        draw: () => {
          const text = document.querySelector('pre')?.firstChild;
          if (!(text instanceof Text)) throw new Error('There is no text.');
          const range = document.createRange();
          range.setStart(text, text.data.indexOf('needle'));
          scrollTo(0, range.getBoundingClientRect().top);
        },
      },
    ],
  },
  {
    what: '10 MB of text',
    body: 'context.preview({"type": "text", "data": "one of the many lines of a text, 10 MB\\n" * 250_000})',
    prepare: () =>
      Reflect.set(window, 'benchContent', 'one of the many lines of a text, 10 MB\n'.repeat(250_000)),
    steps: [
      { what: 'its beginning shown', press: 'Previews', shown: ['[aria-label=Text] > *'] },
      {
        what: 'shown whole',
        press: 'Show all',
        shown: ['[aria-label=Text] > :nth-child(600)'],
        draw: () => {
          const pre = document.createElement('pre');
          pre.style.whiteSpace = 'pre-wrap';
          pre.textContent = Reflect.get(window, 'benchContent');
          document.body.append(pre);
        },
      },
    ],
  },
  {
    what: '1,000 images',
    body: `import base64
    pixel = base64.b64decode("${pixel}")
    context.preview({"type": "image", "data": [pixel + n.to_bytes(2) for n in range(1_000)]})`,
    argument: pixel,
    bareShown: ['img:nth-child(6)'],
    steps: [
      {
        what: 'the first shown',
        press: 'Previews',
        shown: ['[aria-label="Previews"] li:nth-child(1000)', 'img[alt="Image 2"]'],
        draw: (base64) => {
          const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
          for (let number = 0; number < 1_000; number += 1) {
            const image = document.createElement('img');
            image.width = image.height = 200;
            const content = new Blob([bytes, String(number)], { type: 'image/png' });
            image.src = URL.createObjectURL(content);
            document.body.append(image);
          }
        },
      },
    ],
  },
  {
    what: '1,000 previews of a line',
    body: `for n in range(1_000):
        context.preview({"type": "text", "data": f"preview {n}"})`,
    steps: [
      {
        what: 'the first shown',
        press: 'Previews',
        shown: ['[aria-label="Previews"] > li:nth-child(1000)', '[aria-label="Previews"] [aria-label=Text]'],
        draw: () => {
          for (let number = 0; number < 1_000; number += 1) {
            const article = document.createElement('article');
            article.textContent = `preview ${number}`;
            document.body.append(article);
          }
        },
      },
    ],
  },
  {
    what: 'a film of 200 MB',
    body: `import os, struct
    # Browsers look at what a film holds, not at its name: this one is silence.
    with open("film.mp4", "wb") as film:
        film.write(b"RIFF" + struct.pack("<I", 200_000_036) + b"WAVEfmt ")
        film.write(struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8) + b"data" + struct.pack("<I", 200_000_000))
        for _ in range(20):
            film.write(bytes([128]) * 10_000_000)
    context.preview({"type": "video", "data": "film.mp4"})
    os.remove("film.mp4")`,
    prepare: () => {
      const head = new DataView(new ArrayBuffer(44));
      [0x52494646, 0, 0x57415645, 0x666d7420].forEach((word, index) => head.setUint32(index * 4, word));
      const words = [16, 0x10001, 8000, 8000, 0x80001, 0x61746164, 200_000_000];
      words.forEach((word, index) => head.setUint32(16 + index * 4, word, true));
      head.setUint32(4, 200_000_036, true);
      const block = new Uint8Array(10_000_000).fill(128);
      const film = new Blob([head, ...Array.from({ length: 20 }, () => block)], { type: 'video/mp4' });
      Reflect.set(window, 'benchContent', film);
    },
    steps: [
      {
        what: 'ready to be played',
        press: 'Previews',
        shown: ['video'],
        draw: () => {
          const video = document.createElement('video');
          video.preload = 'metadata';
          video.src = URL.createObjectURL(Reflect.get(window, 'benchContent'));
          document.body.append(video);
        },
      },
    ],
  },
  {
    what: 'a Vega-Lite chart',
    body: `context.preview({"type": "vega-lite", "data": ${JSON.stringify(bar)}})`,
    argument: JSON.stringify([
      readLibrary('vega/build/vega.min.js', 'vega-lite/build/vega-lite.min.js'),
      bar,
    ]),
    steps: [
      {
        what: 'drawn',
        press: 'Previews',
        shown: chartShown,
        draw: async (argument) => {
          const [library, specification] = JSON.parse(argument);
          document.head.append(Object.assign(document.createElement('script'), { textContent: library }));
          const [vega, vegaLite] = [Reflect.get(window, 'vega'), Reflect.get(window, 'vegaLite')];
          const place = document.createElement('main');
          const compiled = vega.parse(vegaLite.compile(specification).spec);
          await new vega.View(compiled, { renderer: 'canvas', container: place }).runAsync();
          document.body.append(place);
        },
      },
    ],
  },
  {
    what: 'a plotly chart',
    body: `context.preview({"type": "plotly", "data": ${JSON.stringify(figure)}})`,
    argument: JSON.stringify([readLibrary('plotly.js-dist-min/plotly.min.js'), figure]),
    bareShown: ['main svg'],
    steps: [
      {
        what: 'drawn',
        press: 'Previews',
        shown: chartShown,
        draw: async (argument) => {
          const [library, { data, layout }] = JSON.parse(argument);
          document.head.append(Object.assign(document.createElement('script'), { textContent: library }));
          const place = document.body.appendChild(document.createElement('main'));
          await Reflect.get(window, 'Plotly').newPlot(place, data, layout);
        },
      },
    ],
  },
  {
    what: 'HTML that floods the page',
    body: `context.preview({"type": "html", "data": ${JSON.stringify(flood)}})`,
    argument: flood,
    bareShown: ['p'],
    steps: [
      {
        what: 'ended',
        press: 'Previews',
        shown: ['[aria-label="Previews"] [role=alert]'],
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
      },
    ],
  },
];
