import { expect, it } from 'vitest';
import { hashText } from './hash-text.ts';
import { createSecretHash, createSecretSalt } from './secret-hash.ts';

it('the hash of a secret is the same under one salt, another under another, and never that of its text', () => {
  const salt = createSecretSalt();
  const hash = createSecretHash(salt)('1234');
  expect(salt).toMatch(/^[\da-f]{32}$/);
  expect(createSecretHash(salt)('1234')).toBe(hash);
  expect(createSecretHash(salt)('1235')).not.toBe(hash);
  const others = [createSecretHash(createSecretSalt())('1234'), hashText('1234'), hashText('secret 1234')];
  expect(others).not.toContain(hash);
});
