/** A field of a struct in Thrift's compact protocol: its number, the code of its type, and its bytes. */
type ThriftField = readonly [number: number, type: number, content: readonly number[]];

const [i32Type, i64Type, textType, listType, structType] = [5, 6, 8, 9, 12];

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

function i32(number: number, value: number): ThriftField {
  return [number, i32Type, varint(value * 2)];
}

function i64(number: number, value: number): ThriftField {
  return [number, i64Type, varint(value * 2)];
}

function toText(value: string): number[] {
  const bytes = new TextEncoder().encode(value);
  return [...varint(bytes.length), ...bytes];
}

function list(number: number, type: number, items: readonly (readonly number[])[]): ThriftField {
  return [number, listType, [items.length * 16 + type, ...items.flat()]];
}

/** Fields in the order of their numbers. */
function struct(...fields: readonly ThriftField[]): number[] {
  const bytes = fields.flatMap(([number, type, content], index) => {
    const step = number - (fields[index - 1]?.[0] ?? 0);
    return [step * 16 + type, ...content];
  });
  return [...bytes, 0];
}

/** Days from the beginning of the Julian calendar to 1970. */
const julianEpoch = 2_440_588;

/**
 * A Parquet file with one column of times as Spark and Impala wrote them: 96 bits each, nanoseconds of a day and the
 * day. https://parquet.apache.org/docs/file-format/ says how the parts lie.
 */
export function makeInt96Parquet(name: string, moments: readonly Date[]): Uint8Array<ArrayBuffer> {
  const values = new DataView(new ArrayBuffer(moments.length * 12));
  for (const [index, moment] of moments.entries()) {
    const day = Math.floor(moment.getTime() / 86_400_000);
    const nanoseconds = BigInt(moment.getTime() - day * 86_400_000) * 1_000_000n;
    values.setBigInt64(index * 12, nanoseconds, true);
    values.setInt32(index * 12 + 8, day + julianEpoch, true);
  }
  const page = [...new Uint8Array(values.buffer)];
  const pageHeader = struct(i32(1, 0), i32(2, page.length), i32(3, page.length), [
    5,
    structType,
    struct(i32(1, moments.length), i32(2, 0), i32(3, 3), i32(4, 3)),
  ]);
  const magic = [...new TextEncoder().encode('PAR1')];
  const chunkSize = pageHeader.length + page.length;
  const int96 = 3;
  const chunk = struct(
    i32(1, int96),
    list(2, i32Type, [[0]]),
    list(3, textType, [toText(name)]),
    i32(4, 0),
    i64(5, moments.length),
    i64(6, chunkSize),
    i64(7, chunkSize),
    i64(9, magic.length),
  );
  const group = struct(
    list(1, structType, [struct(i64(2, magic.length), [3, structType, chunk])]),
    i64(2, chunkSize),
    i64(3, moments.length),
  );
  const schema = [
    struct([4, textType, toText('schema')], i32(5, 1)),
    struct(i32(1, int96), i32(3, 0), [4, textType, toText(name)]),
  ];
  const footer = struct(
    i32(1, 1),
    list(2, structType, schema),
    i64(3, moments.length),
    list(4, structType, [group]),
  );
  const size = [...new Uint8Array(new Uint32Array([footer.length]).buffer)];
  return Uint8Array.from([...magic, ...pageHeader, ...page, ...footer, ...size, ...magic]);
}
