import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { answer } from '../scripts/serve/answer.mjs';
import { CompressedFiles } from '../scripts/serve/compression.mjs';
import { builtFolder } from '../scripts/serve.mjs';
import { createDeferred } from '../src/shared/deferred.ts';

/** Serves the built site, and holds the script of its service worker back until it is let go. */
export class HoldingHost {
  /** The paths of the files that were sent, in order; without those that a browser had already. */
  readonly sent: string[] = [];
  readonly #server: Server;
  readonly #letGo = createDeferred<undefined>();
  readonly #site = { directory: builtFolder, base: '/', compressed: new CompressedFiles() };

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void this.#answer(request, response);
    });
  }

  static async start(): Promise<HoldingHost> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new HoldingHost(server);
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The host is not open.');
    return `http://localhost:${address.port}/`;
  }

  letGo(): void {
    this.#letGo.resolve(undefined);
  }

  async close(): Promise<void> {
    this.letGo();
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    if (path === '/service-worker.js') await this.#letGo.promise;
    response.on('finish', () => {
      if (response.statusCode === 200) this.sent.push(path);
    });
    // A browser that goes away in the middle is no error here.
    await answer(this.#site, request, response).catch(() => response.destroy());
  }
}
