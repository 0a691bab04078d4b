/** The width of a character of an element's font, in which all have the same, in CSS pixels. */
export function measureCharacter(element: HTMLElement): number {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return parseFloat(getComputedStyle(element).fontSize);
  context.font = getComputedStyle(element).font;
  return context.measureText('0'.repeat(100)).width / 100;
}
