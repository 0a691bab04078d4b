// @ts-check
/** Draws figures of Plotly, as `frame-start.js` has it. */
'use strict';

/** @typedef {Record<string, unknown>} Json */

Reflect.set(globalThis, 'chart', {
  /**
   * @param {Json & { data?: unknown, layout?: Json, frames?: unknown[], config?: Json }} figure
   * @param {HTMLElement} place
   * @param {{ theme: import('./chart-theme.ts').ChartTheme }} surroundings
   */
  async draw(figure, place, { theme }) {
    const plotly = Reflect.get(globalThis, 'Plotly');
    if (typeof figure !== 'object' || figure === null || !Array.isArray(figure.data)) {
      throw new Error('This is no figure of Plotly: it has no list “data”.');
    }
    const layout = { ...figure.layout };
    layout.template = themeTemplate(layout.template, theme);
    layout.autosize = layout.width === undefined;
    // Plotly leaves room for a title also where there is none.
    if (!layout.title) layout.margin ??= { t: 40, b: 60 };
    place.style.height = `${Number(layout.height) || 450}px`;
    const config = { ...figure.config, responsive: true, displaylogo: false, showSendToCloud: false };
    await plotly.newPlot(place, figure.data, layout, config);
    if (Array.isArray(figure.frames) && figure.frames.length > 0)
      await plotly.addFrames(place, figure.frames);
    return [];
  },
});

/**
 * A light figure stays as it was made; in the dark the colours of paper, axes and letters are ours where the figure
 * itself says nothing of them.
 * @param {unknown} template
 * @param {{ scheme: string, ink: string, ground: string, rule: string, font: string }} theme
 */
function themeTemplate(template, { scheme, ink, ground, rule, font }) {
  const given =
    typeof template === 'object' && template !== null ? Reflect.get(template, 'layout') : undefined;
  if (scheme === 'light')
    return (
      template ?? {
        layout: {
          paper_bgcolor: ground,
          plot_bgcolor: ground,
          geo: { bgcolor: ground },
          font: { family: font },
        },
      }
    );
  const axis = { gridcolor: rule, zerolinecolor: rule, linecolor: rule };
  /** @param {string} name */
  const mend = (name) => ({ ...given?.[name], ...axis });
  return {
    ...(typeof template === 'object' ? template : {}),
    layout: {
      ...given,
      paper_bgcolor: ground,
      plot_bgcolor: ground,
      font: { ...given?.font, color: ink },
      xaxis: mend('xaxis'),
      yaxis: mend('yaxis'),
      polar: { ...given?.polar, bgcolor: ground, angularaxis: axis, radialaxis: axis },
      ternary: { ...given?.ternary, bgcolor: ground, aaxis: axis, baxis: axis, caxis: axis },
      geo: { ...given?.geo, bgcolor: ground },
      scene: {
        ...given?.scene,
        ...Object.fromEntries(
          ['xaxis', 'yaxis', 'zaxis'].map((name) => [
            name,
            { ...given?.scene?.[name], ...axis, backgroundcolor: ground, color: ink },
          ]),
        ),
      },
    },
  };
}
