/** Of a longer title, only the beginning is in a sentence. */
const longestTitle = 32;

/** A title in so few words that what is said after it has room in a cell's header. */
export function shortenTitle(title: string): string {
  return title.length > longestTitle ? `${title.slice(0, longestTitle).trimEnd()}…` : title;
}
