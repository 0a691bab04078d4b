const counts = new Intl.NumberFormat();
const oneDigit = new Intl.NumberFormat(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

const byteUnits = ['B', 'kB', 'MB', 'GB'];

/** A number of bytes in the largest unit that keeps it at one or more: "4.9 MB". */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < byteUnits.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? counts.format(value) : oneDigit.format(value)} ${byteUnits[unit]}`;
}
