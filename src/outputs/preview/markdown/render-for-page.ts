import { remoteAttribute, renderMarkdown } from './render-markdown.ts';

/**
 * Markdown as HTML that may stand in a page of its own, which fetches nothing.
 * @param above how many levels of headings there are above it
 */
export function renderForPage(text: string, above: number): string {
  const holder = document.createElement('template');
  holder.content.append(renderMarkdown(text));
  for (const image of holder.content.querySelectorAll('img:not([src])')) {
    const name = image.getAttribute('alt') ?? '';
    const note = holder.content.ownerDocument.createElement('em');
    const where = image.hasAttribute(remoteAttribute) ? 'on another host, and ' : '';
    note.textContent = `[${name === '' ? 'Image' : `Image “${name}”`}: ${where}not in this page]`;
    image.replaceWith(note);
  }
  // From the lowest on: one that was moved down is not to be moved again.
  for (const level of [5, 4, 3, 2, 1]) {
    for (const heading of holder.content.querySelectorAll(`h${level}`)) {
      const lower = holder.content.ownerDocument.createElement(`h${Math.min(6, level + above)}`);
      lower.append(...heading.childNodes);
      heading.replaceWith(lower);
    }
  }
  return holder.innerHTML;
}
