import type { Monaco } from './monaco.ts';

/** The colours and brackets of JSON. What Monaco has for it beside them weighs more than the rest of the editor's languages. */
export function registerJson(monaco: typeof Monaco): void {
  monaco.languages.register({ id: 'json', aliases: ['JSON'] });
  monaco.languages.setLanguageConfiguration('json', {
    brackets: [
      ['{', '}'],
      ['[', ']'],
    ],
    autoClosingPairs: [
      { open: '{', close: '}', notIn: ['string'] },
      { open: '[', close: ']', notIn: ['string'] },
      { open: '"', close: '"', notIn: ['string'] },
    ],
    // A string is one word, so that a completion takes the place of all of it.
    wordPattern: /"(?:[^"\\]|\\.)*"?|[^\s{}[\],:"]+/g,
    indentationRules: { increaseIndentPattern: /[{[]\s*$/, decreaseIndentPattern: /^\s*[}\]]/ },
  });
  monaco.languages.setMonarchTokensProvider('json', {
    tokenizer: {
      root: [
        [/"(?:[^"\\]|\\.)*"(?=\s*:)/, 'tag'],
        [/"(?:[^"\\]|\\.)*"?/, 'string'],
        [/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/, 'number'],
        [/\b(?:true|false|null)\b/, 'keyword'],
        [/[{}[\],:]/, 'delimiter'],
      ],
    },
  });
}
