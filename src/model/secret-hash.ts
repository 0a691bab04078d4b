import { hashText } from './hash-text.ts';

/** What tells a secret from others, and is of no use to who would guess it, without what it was made with. */
export type HashSecret = (secret: string) => string;

/** What the hashes of a workspace's secrets are made with: it is kept with the workspace and leaves it in no export. */
export function createSecretSalt(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

export function createSecretHash(salt: string): HashSecret {
  return (secret) => hashText(`secret ${salt} ${secret}`);
}
