import pageStyle from './page.css?raw';
import { darkTokens, lightTokens } from './read-tokens.ts';

/** The style of a page: as its reader has it, and on paper as by day. */
export const style = `:root {
  ${lightTokens}
}

@media screen and (prefers-color-scheme: dark) {
  :root {
    ${darkTokens.replaceAll('\n', '\n  ')}
  }
}

${pageStyle}`;
