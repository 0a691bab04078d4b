/** Bytes that a name of a file may have in all systems, but for what is put behind it here. */
const mostBytes = 200;

/** The name of the file that a version is downloaded as: "iris-v3.pkl". What no system takes in a name is left out. */
export function nameModelFile(name: string, number: number): string {
  const safe = name
    .replace(/[/\\:*?"<>|\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, '-')
    .replace(/^[.\s]+/, '')
    .trim();
  return `${cutToBytes(safe, mostBytes) || 'model'}-v${number}.pkl`;
}

function cutToBytes(text: string, limit: number): string {
  const encoder = new TextEncoder();
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    bytes += encoder.encode(character).length;
    if (bytes > limit) break;
    kept += character;
  }
  return kept.trimEnd();
}
