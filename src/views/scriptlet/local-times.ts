/**
 * Between times as JSON Schema has them, which say their time zone, and as the browser's own fields have them, which are
 * those of this device's time zone.
 */

/** "2026-01-02T03:04:05Z" as the field has it; null where it is no such time. */
export function toLocalDateTime(text: string): string | null {
  if (!/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(text)) return null;
  const time = new Date(text.replace(' ', 'T').toUpperCase());
  if (Number.isNaN(time.getTime())) return null;
  const local = new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString();
  return local.slice(0, local.endsWith('.000Z') ? 19 : 23);
}

/** What the field has, with the offset that this device had or will have then: "2026-01-02T03:04:05+01:00". */
export function fromLocalDateTime(local: string): string {
  const time = new Date(local);
  return addSeconds(local) + writeOffset(-time.getTimezoneOffset());
}

/** "03:04:05Z" as the field has it; null where it is no time. Its zone is shown by nothing. */
export function toLocalTime(text: string): string | null {
  return /^(\d\d:\d\d:\d\d(?:\.\d{1,3})?)(?:[Zz]|[+-]\d\d:\d\d)?$/.exec(text)?.[1] ?? null;
}

/** What the field has, in the zone of the time before, else in UTC: a time of no day has no other offset. */
export function fromLocalTime(local: string, before: string | null): string {
  const zone = /(?:[Zz]|[+-]\d\d:\d\d)$/.exec(before ?? '')?.[0] ?? 'Z';
  return addSeconds(local) + zone;
}

function addSeconds(local: string): string {
  return /\d\d:\d\d:\d\d/.test(local) ? local : `${local}:00`;
}

function writeOffset(minutes: number): string {
  const size = Math.abs(minutes);
  const parts = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, '0'));
  return `${minutes < 0 ? '-' : '+'}${parts.join(':')}`;
}
