// @ts-check
/** Draws specifications of Vega-Lite and Vega through vega-embed, as `frame-start.js` has it. */
'use strict';

/**
 * @typedef {import('./chart-theme.ts').ChartTheme} ChartTheme
 * @typedef {import('../../../model/chart/chart-data.ts').ChartColumn} ChartColumn
 * @typedef {import('../../../model/chart/chart-data.ts').ChartTable} ChartTable
 */

/** Charts of more marks are drawn on a canvas: so many elements would make each move of the pointer slow. */
const mostElements = 2_000;

/** @type {{ result: any, place: HTMLElement } | null} */
let shown = null;

/** A file keeps its links. */
let isSaving = false;

Reflect.set(globalThis, 'chart', {
  /**
   * @param {any} specification
   * @param {HTMLElement} place
   * @param {{ theme: ChartTheme, label: string, table: ChartTable | null, follow: (address: string) => void }} surroundings
   */
  async draw(specification, place, { theme, label, table, follow }) {
    const vega = Reflect.get(globalThis, 'vega');
    const vegaEmbed = Reflect.get(globalThis, 'vegaEmbed');
    if (typeof specification !== 'object' || specification === null || Array.isArray(specification)) {
      throw new Error('This is no specification of Vega-Lite: it is no object.');
    }
    /** @type {Set<string>} */
    const notes = new Set();
    /** @type {Set<string>} */
    const refusals = new Set();
    const next = document.createElement('div');
    // Where it will stand, so that it has its width; the former picture stays until this one is there.
    next.style.cssText = 'position: absolute; inset: 0 0 auto; visibility: hidden;';
    place.append(next);
    const isVega = /\/vega\/v/.test(String(specification.$schema ?? ''));
    try {
      const described = {
        ...specification,
        description: specification.description ?? label,
        usermeta: { embedOptions: pickOptions(specification.usermeta?.embedOptions) },
      };
      const result = await vegaEmbed(next, described, {
        mode: isVega ? 'vega' : 'vega-lite',
        config: makeConfig(theme),
        actions: false,
        // The policy of the frame would allow it, but what needs no code made of text cannot be tricked by one.
        ast: true,
        defaultStyle: false,
        renderer: 'canvas',
        loader: makeLoader(vega, refusals, follow),
        logger: makeLogger(notes),
        hover: true,
        tooltip: { theme: 'custom' },
        patch: table && ((/** @type {any} */ compiled) => giveRows(compiled, table)),
      });
      if (countMarks(result.view.scenegraph().root) <= mostElements) {
        await result.view.renderer('svg').runAsync();
      }
      shown?.result.finalize();
      shown?.place.remove();
      shown = { result, place: next };
      next.style.cssText = '';
    } catch (error) {
      next.remove();
      throw error;
    }
    // Without its data a chart warns of what follows from that.
    return [...(refusals.size > 0 ? refusals : notes)].slice(0, 5);
  },

  /**
   * The picture as a file.
   * @param {'svg' | 'png'} format
   * @param {number} scale
   * @returns {Promise<Blob>}
   */
  async save(format, scale) {
    if (!shown) throw new Error('Nothing is drawn yet.');
    const { view } = shown.result;
    if (format === 'svg') {
      isSaving = true;
      const svg = await view.toSVG(scale).finally(() => (isSaving = false));
      return new Blob([svg], { type: 'image/svg+xml' });
    }
    /** @type {HTMLCanvasElement} */
    const canvas = await view.toCanvas(scale);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => {
        if (blob) resolve(blob);
        else reject(new Error('The picture is too large for this browser. Make the chart smaller.'));
      });
    });
  },
});

/**
 * The rows of the dataset, where the chart reads them.
 * @param {any} compiled
 * @param {ChartTable} table
 */
function giveRows(compiled, table) {
  const rows = makeRows(table);
  const data = compiled.data?.map((/** @type {any} */ source) =>
    source.name === 'data' && !source.source && source.url === undefined
      ? { ...source, values: rows }
      : source,
  );
  return { ...compiled, data };
}

/** @param {ChartTable} table */
function makeRows({ rowCount, columns }) {
  /** @type {Record<string, unknown>[]} */
  const rows = Array.from({ length: rowCount }, () => ({}));
  for (const column of columns) {
    for (let row = 0; row < rowCount; row++) {
      const target = rows[row];
      if (target) target[column.name] = readCell(column, row);
    }
  }
  return rows;
}

/** @param {ChartColumn} column @param {number} row */
function readCell(column, row) {
  if (column.kind === 'words') return column.words[column.codes[row] ?? -1] ?? null;
  return column.nulls?.[row] ? null : column.values[row];
}

/** @param {any} item @returns {number} */
function countMarks(item) {
  let count = 0;
  for (const each of item.items ?? []) {
    count += 1 + countMarks(each);
    if (count > mostElements) break;
  }
  return count;
}

/**
 * Of what a specification says to vega-embed itself, how numbers and times are written: all else is said here.
 * @param {any} options
 */
function pickOptions(options) {
  const { formatLocale, timeFormatLocale } = options ?? {};
  return { ...(formatLocale && { formatLocale }), ...(timeFormatLocale && { timeFormatLocale }) };
}

/** @param {any} vega @param {Set<string>} refusals @param {(address: string) => void} follow */
function makeLoader(vega, refusals, follow) {
  /** @param {string} uri */
  const refuse = (uri) => {
    const problem = `The chart asks for “${uri}”, and previews ask no host: put it into the specification.`;
    refusals.add(problem);
    return Promise.reject(new Error(problem));
  };
  const loader = vega.loader();
  /** @param {string} uri @param {any} options */
  const sanitize = async (uri, options) => {
    if (options?.context === 'image' && !/^data:/i.test(uri)) return await refuse(uri);
    const clean = await loader.sanitize(uri, options);
    if (options?.context !== 'href' || isSaving) return clean;
    // Followed here, the frame would show a page that is refused in the place of the chart.
    follow(clean.href);
    throw new Error('The page follows links.');
  };
  return { ...loader, sanitize, load: refuse, http: refuse, file: refuse };
}

/** @param {Set<string>} notes */
function makeLogger(notes) {
  /** @param {unknown[]} parts */
  const note = (...parts) => {
    if (notes.size < 5) notes.add(parts.map(String).join(' '));
    return logger;
  };
  const logger = { level: () => logger, error: note, warn: note, info: () => logger, debug: () => logger };
  return logger;
}

/** @param {ChartTheme} theme */
function makeConfig({ ink, inkSoft, ground, rule, action, font, palette, ramp, diverging, isContrast }) {
  const letters = { labelColor: inkSoft, titleColor: ink, labelFont: font, titleFont: font };
  return {
    background: ground,
    font,
    countTitle: 'Count of rows',
    title: { color: ink, subtitleColor: inkSoft, font },
    style: { 'guide-label': { fill: inkSoft, font }, 'guide-title': { fill: ink, font } },
    axis: {
      ...letters,
      gridColor: rule,
      // Lines as bright as letters would outshine what is drawn.
      gridOpacity: isContrast ? 0.3 : 0.6,
      domainColor: inkSoft,
      tickColor: inkSoft,
    },
    // Where names would cover one another, some of them are left out, as numbers are.
    axisDiscrete: { labelOverlap: true },
    legend: letters,
    header: letters,
    view: { stroke: rule },
    text: { color: ink, fill: ink },
    rule: { color: ink },
    mark: { color: action, tooltip: true },
    ...(isContrast && {
      bar: { stroke: ink, strokeWidth: 1 },
      line: { strokeWidth: 3 },
      point: { strokeWidth: 3, opacity: 1 },
    }),
    range: { category: [...palette], ramp: [...ramp], heatmap: [...ramp], diverging: [...diverging] },
  };
}
