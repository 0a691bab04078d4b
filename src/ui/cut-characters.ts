const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** As many whole characters, as readers count them, as a text of this length holds: no emoji or accent is torn apart. */
export function cutCharacters(text: string, longest: number): string {
  if (text.length <= longest) return text;
  // What is beyond can only be more of a character that begins before.
  const { index = 0 } = segmenter.segment(text).containing(longest) ?? {};
  return text.slice(0, index);
}
