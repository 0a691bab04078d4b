import { Composer, LineCounter, Parser, type ScalarTag, type Tags } from 'yaml';
import { fail, succeed, type Result } from '../../shared/result.ts';
import { toMessage } from '../../shared/to-message.ts';
import { deepest, findTooDeep } from './find-too-deep.ts';
import { YamlConverter, YamlProblem } from './YamlConverter.ts';
import { YamlNumber } from './YamlNumber.ts';
import type { YamlValue } from './yaml-value.ts';

/** Larger ones are no manifests, in bytes. */
const largestFile = 1_000_000;

/**
 * Reads a file of YAML 1.2 with its core schema: dates stay texts, numbers keep their digits. The problem names the
 * file, line, column and what is wrong there.
 */
export function readYaml(path: string, bytes: Uint8Array): Result<YamlValue, string> {
  if (bytes.byteLength > largestFile) return fail(`${path} is larger than 1 MB, which no manifest is.`);
  const text = decode(bytes);
  if (text === null) return fail(`${path} is not text in UTF-8.`);
  const lines = new LineCounter();
  const describe = (message: string, offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${path}, line ${line}, column ${col}: ${message.replace(/\.$/, '')}.`;
  };
  try {
    const tokens = [...new Parser(lines.addNewLine).parse(text)];
    const tooDeep = findTooDeep(tokens);
    if (tooDeep !== null) return fail(describe(`it is nested more than ${deepest} deep`, tooDeep));
    const [document, next] = new Composer(options).compose(tokens, true, text.length);
    const [error] = document?.errors ?? [];
    if (error) return fail(describe(error.message, error.pos[0]));
    if (next) return fail(describe('it holds a second document', next.range[0]));
    return succeed(new YamlConverter().convert(document?.contents));
  } catch (error) {
    if (error instanceof YamlProblem) return fail(describe(error.message, error.offset));
    return fail(`${path} cannot be read: ${toMessage(error)}`);
  }
}

const options = {
  schema: 'core',
  customTags: keepDigits,
  prettyErrors: false,
  // Its own search compares each key with each other; the converter's does not.
  uniqueKeys: false,
} as const;

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function keepDigits(tags: Tags): Tags {
  return tags.map((tag) =>
    isNumberTag(tag) ? { ...tag, resolve: (text: string) => YamlNumber.parse(text) ?? text } : tag,
  );
}

function isNumberTag(tag: Tags[number]): tag is ScalarTag {
  return typeof tag === 'object' && /^tag:yaml\.org,2002:(int|float)$/.test(tag.tag);
}
