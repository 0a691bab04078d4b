/** What a workspace signs its tokens with, and checks them by. The private key cannot be read out of the browser. */
export interface SigningKey {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const;

const signing = { name: 'ECDSA', hash: 'SHA-256' } as const;

export async function createSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(curve, false, ['sign', 'verify']);
  return { privateKey, publicKey };
}

export async function sign({ privateKey }: SigningKey, signed: BufferSource): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign(signing, privateKey, signed));
}

export async function isSignedBy(
  { publicKey }: Pick<SigningKey, 'publicKey'>,
  signed: BufferSource,
  signature: BufferSource,
): Promise<boolean> {
  return await crypto.subtle.verify(signing, publicKey, signature, signed);
}
