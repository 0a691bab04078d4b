import { createServer, type Server } from 'node:http';

/** A host of wheels, in the place of the distribution's CDN. */
export class WheelHost {
  /** The names of the files that were asked for, in order. */
  readonly asked: string[] = [];
  /** Those that were given up before they had come whole. */
  readonly abandoned: string[] = [];
  readonly #server: Server;
  readonly #files = new Map<string, Uint8Array>();
  /** The files that never come whole. */
  readonly #stalled = new Set<string>();

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', (request, response) => {
      const name = (request.url ?? '').slice('/full/'.length);
      this.asked.push(name);
      const content = this.#files.get(name);
      // Kept by no cache, so that every question for a file comes here.
      const headers = { 'access-control-allow-origin': '*', 'cache-control': 'no-store' };
      response.once('close', () => {
        if (!response.writableFinished) this.abandoned.push(name);
      });
      if (this.#stalled.has(name)) {
        // Without a body the head is not sent either.
        if (content) response.writeHead(200, headers).write(content.subarray(0, content.length / 2));
      } else if (content) response.writeHead(200, headers).end(content);
      else response.writeHead(404, headers).end('not found');
    });
  }

  static async start(): Promise<WheelHost> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new WheelHost(server);
  }

  /** The folder of the wheels. */
  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The host is not open.');
    return `http://localhost:${address.port}/full/`;
  }

  serve(name: string, content: Uint8Array): void {
    this.#files.set(name, content);
    this.#stalled.delete(name);
  }

  /** Requests for the file are taken, and half of it is sent, or nothing where it was not served before. */
  stall(name: string): void {
    this.#stalled.add(name);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}
