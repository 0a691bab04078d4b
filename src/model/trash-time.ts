/** What was put into the trash can be brought back for this long, in milliseconds. */
export const trashTime = 30 * 24 * 60 * 60 * 1000;

/** Whether something has been in the trash for long enough to go for good; null is not in it. */
export function isTrashOver(deletedAt: number | null, now: number): boolean {
  return deletedAt !== null && now - deletedAt > trashTime;
}
