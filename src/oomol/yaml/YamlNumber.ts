/** Longer ones, of eights or sixteens, are texts: turning them into tens takes long. */
const longestBinary = 300;

/**
 * A number as it was written in YAML, told in the way of JSON: a JavaScript number would drop the `.0` by which Python
 * tells floats from integers, and digits of long ones.
 */
export class YamlNumber {
  /** A number of JSON. */
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** Reads a number of YAML 1.2; null for those that JSON has no word for: infinities, and what is not a number. */
  static parse(text: string): YamlNumber | null {
    if (/^0[ox]/.test(text)) {
      return text.length > longestBinary ? null : new YamlNumber(BigInt(text).toString());
    }
    const found = /^([-+]?)(\d*)(?:(\.)(\d*))?([eE][-+]?\d+)?$/.exec(text);
    if (!found) return null;
    const [, sign, whole = '', point, fraction = '', exponent = ''] = found;
    const digits = whole.replace(/^0+(?=\d)/, '');
    const decimals = point === undefined ? '' : `.${fraction === '' ? '0' : fraction}`;
    return new YamlNumber(`${sign === '-' ? '-' : ''}${digits === '' ? '0' : digits}${decimals}${exponent}`);
  }
}
