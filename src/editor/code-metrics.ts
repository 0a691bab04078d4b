/** Sizes in pixels that the editor and the coloured text share, so that nothing moves when one replaces the other. */
export const codeMetrics = {
  fontSize: 13,
  lineHeight: 20,
  paddingBlock: 8,
  /** From the left edge to the text: line numbers and the space behind them. */
  gutterWidth: 45,
  /** The same of a text without line numbers. */
  proseGutterWidth: 10,
  /** Room for a few lines at least, so that the search box of the editor fits; a long source scrolls. */
  fewestLines: 3,
  mostLines: 40,
} as const;

/** The height of a source's text, in pixels. */
export function getCodeHeight(lineCount: number): number {
  const lines = Math.min(Math.max(lineCount, codeMetrics.fewestLines), codeMetrics.mostLines);
  return lines * codeMetrics.lineHeight + 2 * codeMetrics.paddingBlock;
}

/** How many lines a text takes whose rows wrap, by the height of what it holds, in pixels. */
export function countShownLines(contentHeight: number): number {
  return Math.round((contentHeight - 2 * codeMetrics.paddingBlock) / codeMetrics.lineHeight);
}
