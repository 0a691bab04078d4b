const counts = new Intl.NumberFormat();

/** A number of things, as it is written where the browser is: "1,234". */
export function formatCount(count: number): string {
  return counts.format(count);
}
