// @ts-check

/**
 * Lines of text with the columns of a table under one another.
 * @param {string[]} headings
 * @param {string[][]} rows as many cells as headings each
 * @param {{ right?: number[] }} [options] right: the indexes of columns that hold numbers
 * @returns {string}
 */
export function formatTable(headings, rows, { right = [] } = {}) {
  const lines = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  const ruler = widths.map((width) => '-'.repeat(width));
  return [headings, ruler, ...rows].map((line) => formatLine(line, widths, right)).join('\n');
}

/**
 * @param {string[]} cells
 * @param {number[]} widths
 * @param {number[]} right
 * @returns {string}
 */
function formatLine(cells, widths, right) {
  return widths
    .map((width, column) => {
      const cell = cells[column] ?? '';
      return right.includes(column) ? cell.padStart(width) : cell.padEnd(width);
    })
    .join('  ')
    .trimEnd();
}
