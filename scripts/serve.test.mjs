// @ts-check
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { startServer } from './serve.mjs';
import { ask, TestSite } from './serve/test-site.mjs';

const site = new TestSite();
afterEach(() => site.closeServers());
afterAll(() => site.remove());

describe('startServer', () => {
  it('takes the next port when the one it was given is in use', async () => {
    const first = await site.start();
    const second = await site.start({ port: first.port });
    expect(second.port).toBeGreaterThan(first.port);
    expect((await ask(second.port, '/')).status).toBe(200);
  });

  it('leaves a port alone that another server has on ::1, where browsers look first', async ({ skip }) => {
    const other = createServer();
    const port = await new Promise((resolve) => {
      other.once('error', () => resolve(undefined));
      other.listen(0, '::1', () => resolve(/** @type {{ port: number }} */ (other.address()).port));
    });
    if (port === undefined) skip('This machine has no IPv6');
    try {
      expect((await site.start({ port })).port).toBeGreaterThan(port);
    } finally {
      other.close();
    }
  });

  it('frees the port when it is closed', async () => {
    const server = await startServer({ directory: site.directory, port: 0 });
    await ask(server.port, '/');
    await server.close();
    await expect(ask(server.port, '/')).rejects.toThrow('ECONNREFUSED');
  });

  it('says what to do when there is nothing to serve', async () => {
    await expect(startServer({ directory: join(site.directory, 'assets') })).rejects.toThrow('npm run build');
  });
});
