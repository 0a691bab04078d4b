import pageStyle from './page.css?raw';
import { darkTokens, lightTokens } from './read-tokens.ts';

/** What is said in a style to who changes it is not for who gets a page. */
function dropComments(text: string): string {
  return text.replace(/\/\*[^]*?\*\/\s*/g, '');
}

/** The style of a page: as its reader has it, and on paper as by day. */
export const style = dropComments(`:root {
  ${lightTokens}
}

@media screen and (prefers-color-scheme: dark) {
  :root {
    ${darkTokens.replaceAll('\n', '\n  ')}
  }
}

${pageStyle}`);
