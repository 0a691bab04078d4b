import createSanitizer from 'dompurify';
import createMarkdownIt, { type MarkdownIt } from 'markdown-it';
import temml from 'temml';
import { findMaths, mathsTokens } from './find-maths.ts';

/** Where the address of an image stands that is yet to be fetched. */
export const remoteAttribute = 'data-remote';
/** The place of a formula, by its number. */
const mathsAttribute = 'data-formula';

interface Formula {
  readonly source: string;
  readonly isDisplayed: boolean;
}

const allowedLinks = /^(https?|mailto):/i;
const allowedImages = /^data:image\//i;

/** Without what runs, asks, covers the page, or sends something. */
const sanitizing = {
  USE_PROFILES: { html: true },
  FORBID_TAGS: [
    ...['style', 'form', 'input', 'button', 'textarea', 'select', 'option', 'dialog', 'template', 'slot'],
    ...['video', 'audio', 'source', 'track', 'picture', 'map', 'area'],
  ],
  FORBID_ATTR: [
    'style',
    'class',
    'id',
    'name',
    'srcset',
    'usemap',
    'background',
    'popover',
    'tabindex',
    'target',
  ],
  ALLOW_DATA_ATTR: false,
  ADD_ATTR: [mathsAttribute, remoteAttribute],
  ALLOW_ARIA_ATTR: false,
};

/**
 * Markdown as elements that may stand in the page. Links lead to new tabs. Images on other hosts have no source but a
 * `data-remote`: nothing is asked by drawing it.
 */
export function renderMarkdown(text: string): DocumentFragment {
  const formulas: Formula[] = [];
  const html = createParser(formulas).render(text);
  const sanitizer = createSanitizer(window);
  sanitizer.addHook('afterSanitizeAttributes', (node) => {
    if (node.tagName === 'A') mendLink(node);
    else if (node.tagName === 'IMG') mendImage(node);
  });
  // Its own template, in a document that loads nothing: what it holds is drawn only when it is put into the page.
  const template = document.createElement('template');
  template.content.append(sanitizer.sanitize(html, { ...sanitizing, RETURN_DOM_FRAGMENT: true }));
  for (const place of template.content.querySelectorAll(`[${mathsAttribute}]`)) drawFormula(place, formulas);
  return template.content;
}

function createParser(formulas: Formula[]): MarkdownIt {
  const parser = createMarkdownIt({ html: true, linkify: true }).use(findMaths);
  const place = (source: string, isDisplayed: boolean): string =>
    `<span ${mathsAttribute}="${formulas.push({ source, isDisplayed }) - 1}"></span>`;
  parser.renderer.rules[mathsTokens.inline] = (tokens, index) => {
    const token = tokens[index];
    return token ? place(token.content, token.markup === '$$') : '';
  };
  parser.renderer.rules[mathsTokens.block] = (tokens, index) => {
    const token = tokens[index];
    return token ? `<p>${place(token.content, true)}</p>` : '';
  };
  for (const rule of ['th_open', 'td_open']) {
    parser.renderer.rules[rule] = (tokens, index, options, _env, renderer) => {
      const token = tokens[index];
      // The parser aligns columns by styles, which are not let through.
      const side = String(token?.attrGet('style') ?? '').replace('text-align:', '');
      if (side !== '') token?.attrSet('align', side);
      return renderer.renderToken(tokens, index, options);
    };
  }
  return parser;
}

function drawFormula(place: Element, formulas: readonly Formula[]): void {
  const formula = formulas[Number(place.getAttribute(mathsAttribute))];
  place.removeAttribute(mathsAttribute);
  if (!formula || !(place instanceof HTMLElement)) return;
  const { source, isDisplayed } = formula;
  // Formulas may not link, nor load: that takes trust. What is wrong with one is written in its place.
  temml.render(source, place, {
    displayMode: isDisplayed,
    throwOnError: false,
    trust: false,
    maxExpand: 1000,
    maxSize: [20, 500],
  });
}

function mendLink(link: Element): void {
  const address = link.getAttribute('href') ?? '';
  if (!allowedLinks.test(address)) {
    link.removeAttribute('href');
    return;
  }
  link.setAttribute('target', '_blank');
  link.setAttribute('rel', 'noopener noreferrer');
}

function mendImage(image: Element): void {
  const address = image.getAttribute('src') ?? '';
  image.removeAttribute(remoteAttribute);
  if (allowedImages.test(address)) return;
  image.removeAttribute('src');
  if (/^https?:\/\//i.test(address)) image.setAttribute(remoteAttribute, address);
}
