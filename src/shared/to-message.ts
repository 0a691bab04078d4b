/** What to tell of something that was thrown. */
export function toMessage(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : String(error);
}
