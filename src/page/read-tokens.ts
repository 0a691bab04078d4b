import tokens from '../ui/tokens.css?raw';

/** The declarations of the first rule with this selector. */
function readRule(selector: string): string {
  const start = tokens.indexOf(`${selector} {`);
  return start < 0 ? '' : tokens.slice(tokens.indexOf('{', start) + 1, tokens.indexOf('}', start)).trim();
}

/** The colours, sizes and fonts of the interface, as declarations of CSS. */
export const lightTokens = readRule(':root');
/** Those that are others in the dark. */
export const darkTokens = readRule(":root[data-theme='dark']");

/** The value of a token of the light theme; empty where there is none of this name. */
export function readLightToken(name: string): string {
  const [, value = ''] = new RegExp(`${name}:\\s*([^;]+);`).exec(lightTokens) ?? [];
  return value.trim();
}
