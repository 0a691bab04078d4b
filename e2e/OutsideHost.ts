import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** What reached the host. */
export interface Arrival {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/**
 * Another host, which lets every page read its answers: it says back what it was sent, redirects, has a table under
 * `/towns.csv`, or takes a request for `/silence` and never answers.
 */
export class OutsideHost {
  readonly arrivals: Arrival[] = [];
  /** The paths of those requests that were given up before they were answered. */
  readonly abandoned: string[] = [];
  /** How many connections were opened to it, also such as carried no request. */
  connectionCount = 0;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', () => {
      this.connectionCount += 1;
    });
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void this.#answer(request, response);
    });
  }

  static async start(): Promise<OutsideHost> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new OutsideHost(server);
  }

  /** Without a slash at its end. */
  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The host is not open.');
    return `http://localhost:${address.port}`;
  }

  /** What came, without what browsers ask beforehand whether they may send a request. */
  get requests(): string[] {
    return this.arrivals
      .filter(({ method }) => method !== 'OPTIONS')
      .map(({ method, path }) => `${method} ${path}`);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(Buffer.from(part as Uint8Array));
    const { method = '', url = '/', headers } = request;
    const arrival = { method, path: url, headers, body: Buffer.concat(parts).toString() };
    this.arrivals.push(arrival);
    const address = new URL(url, this.url);
    const target = address.searchParams.get('to');
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-methods', '*');
    response.setHeader('access-control-allow-headers', '*, authorization');
    response.setHeader('access-control-expose-headers', '*');
    response.setHeader('x-cahier-refused', 'forged');
    response.setHeader('x-own', 'of the host');
    response.once('close', () => {
      if (!response.writableFinished) this.abandoned.push(url);
    });
    if (address.pathname === '/silence') return;
    // A browser that only asks whether it may send a request follows no redirect.
    if (method === 'OPTIONS') response.writeHead(204).end();
    else if (target !== null) response.writeHead(307, { location: target }).end();
    else if (address.pathname === '/towns.csv') {
      response.writeHead(200, { 'content-type': 'text/csv' }).end('town,people\nBern,134000\nBasel,174000\n');
    } else if (address.pathname === '/empty') response.writeHead(204).end();
    else {
      const status = address.pathname === '/missing' ? 404 : 200;
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(arrival));
    }
  }
}
