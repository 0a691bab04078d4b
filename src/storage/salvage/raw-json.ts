/**
 * A record as one line of JSON, whatever stands in it. What JSON has no word for is an object whose one name is "$": a
 * number that is none of JSON's, bytes as base64, a blob by its size and type, and what cannot be had out of the browser,
 * such as a key, by what it is. An object of a record that has that name itself stands within `{"$": {"object": …}}`.
 */
export function writeRawJson(value: unknown): string {
  return JSON.stringify(toJson(value));
}

function toJson(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : mark('number', Object.is(value, -0) ? '-0' : String(value));
    case 'bigint':
      return mark('bigint', String(value));
    case 'undefined':
      return mark('undefined', true);
    case 'object':
      return value === null ? null : objectToJson(value);
    default:
      return mark('unknown', typeof value);
  }
}

function objectToJson(value: object): unknown {
  if (Array.isArray(value)) return Array.from(value, toJson);
  if (value instanceof Date) return mark('date', value.getTime());
  if (value instanceof Blob) return mark('blob', { byteSize: value.size, mediaType: value.type });
  if (value instanceof ArrayBuffer) return mark('bytes', toBase64(new Uint8Array(value)));
  if (ArrayBuffer.isView(value)) {
    return mark('bytes', toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)));
  }
  if (value instanceof Map)
    return mark(
      'map',
      [...value].map(([key, member]) => [toJson(key), toJson(member)]),
    );
  if (value instanceof Set) return mark('set', [...value].map(toJson));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return mark('unknown', value.constructor.name);
  const members = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toJson(member)]));
  return '$' in members ? mark('object', members) : members;
}

function mark(kind: string, content: unknown): unknown {
  return { $: { [kind]: content } };
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 8_192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8_192));
  }
  return btoa(text);
}
