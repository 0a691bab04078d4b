import { describe, expect, it } from 'vitest';
import { hasRoom } from './storage-room.ts';

function storageWith(estimate: StorageEstimate): StorageManager {
  return { estimate: () => Promise.resolve(estimate) } as unknown as StorageManager;
}

describe('room for a file of the site', () => {
  it('is there up to half of what the browser grants', async () => {
    const storage = storageWith({ usage: 40, quota: 100 });
    expect([await hasRoom(10, storage), await hasRoom(11, storage)]).toEqual([true, false]);
  });

  it('is tried where the browser does not say', async () => {
    expect(await hasRoom(10, undefined)).toBe(true);
    expect(await hasRoom(10, storageWith({}))).toBe(true);
  });
});
