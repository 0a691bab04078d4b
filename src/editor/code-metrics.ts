/** Sizes in pixels that the editor and the coloured text share, so that nothing moves when one replaces the other. */
export const codeMetrics = {
  fontSize: 13,
  lineHeight: 20,
  paddingBlock: 8,
  /** From the left edge to the text: line numbers and the space behind them. */
  gutterWidth: 45,
  /** Lines shown before a long source scrolls within its cell. */
  visibleLines: 40,
} as const;

/** The height of a source's text, in pixels. */
export function getCodeHeight(lineCount: number): number {
  const lines = Math.min(Math.max(lineCount, 1), codeMetrics.visibleLines);
  return lines * codeMetrics.lineHeight + 2 * codeMetrics.paddingBlock;
}
