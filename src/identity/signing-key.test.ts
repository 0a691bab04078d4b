import { describe, expect, it } from 'vitest';
import { decodeBase64Url } from './base64url.ts';
import { isSignedBy } from './signing-key.ts';

/** https://www.rfc-editor.org/rfc/rfc7515#appendix-A.3 */
const example = {
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  signed:
    'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ',
  signature: 'DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q',
};

describe('a signature', () => {
  it('is known as the standard has it: that of its example, and no other', async () => {
    const { x, y, signed, signature } = example;
    const publicKey = await crypto.subtle.importKey(
      'jwk',
      { kty: 'EC', crv: 'P-256', x, y },
      { name: 'ECDSA', namedCurve: 'P-256' },
      true,
      ['verify'],
    );
    const bytes = decodeBase64Url(signature);
    const isKnown = async (text: string): Promise<boolean> =>
      bytes.isOk && (await isSignedBy({ publicKey }, new TextEncoder().encode(text), bytes.value));
    expect([await isKnown(signed), await isKnown(`${signed}A`)]).toEqual([true, false]);
  });
});
