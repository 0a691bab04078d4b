// @ts-check
/** Draws specifications of Vega-Lite and Vega, as `frame-start.js` has it. */
'use strict';

/** @type {any} */
let shown = null;

Reflect.set(globalThis, 'chart', {
  /**
   * @param {any} specification
   * @param {HTMLElement} place
   * @param {{ scheme: string, ink: string, inkSoft: string, ground: string, rule: string, action: string, font: string }} theme
   */
  async draw(specification, place, theme) {
    const vega = Reflect.get(globalThis, 'vega');
    const vegaLite = Reflect.get(globalThis, 'vegaLite');
    if (typeof specification !== 'object' || specification === null || Array.isArray(specification)) {
      throw new Error('This is no specification of Vega-Lite: it is no object.');
    }
    const config = makeConfig(theme);
    const isVega = /\/vega\/v/.test(String(specification.$schema ?? ''));
    const compiled = isVega ? specification : vegaLite.compile(specification, { config }).spec;
    /** @type {Set<string>} */
    const notes = new Set();
    /** @type {Set<string>} */
    const refusals = new Set();
    shown?.finalize();
    place.replaceChildren();
    shown = new vega.View(vega.parse(compiled, isVega ? config : undefined), {
      renderer: 'canvas',
      container: place,
      hover: true,
      loader: makeLoader(vega, refusals),
      logger: makeLogger(notes),
    });
    await shown.runAsync();
    // Without its data a chart warns of what follows from that.
    return [...(refusals.size > 0 ? refusals : notes)].slice(0, 5);
  },
});

/** @param {any} vega @param {Set<string>} refusals */
function makeLoader(vega, refusals) {
  /** @param {string} uri */
  const refuse = (uri) => {
    const problem = `The chart asks for “${uri}”, and previews ask no host: put the data into the specification.`;
    refusals.add(problem);
    return Promise.reject(new Error(problem));
  };
  return { ...vega.loader(), load: refuse, http: refuse, file: refuse };
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

/** @param {{ scheme: string, ink: string, inkSoft: string, ground: string, rule: string, action: string, font: string }} theme */
function makeConfig({ scheme, ink, inkSoft, ground, rule, action, font }) {
  const letters = { labelColor: inkSoft, titleColor: ink, labelFont: font, titleFont: font };
  return {
    background: ground,
    font,
    title: { color: ink, subtitleColor: inkSoft, font },
    style: { 'guide-label': { fill: inkSoft, font }, 'guide-title': { fill: ink, font } },
    axis: { ...letters, gridColor: rule, gridOpacity: 0.6, domainColor: inkSoft, tickColor: inkSoft },
    legend: letters,
    header: letters,
    view: { stroke: rule },
    text: { color: ink, fill: ink },
    mark: { color: action },
    // The usual colours are too dark for a dark ground.
    ...(scheme === 'dark' ? { range: { category: { scheme: 'set2' } } } : {}),
  };
}
