import type { Page } from '@playwright/test';

/** What a request of a script was answered with. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A page of the site as its service worker sees it. */
export class ServiceWorkerPage {
  readonly page: Page;
  readonly #siteUrl: string;

  constructor(page: Page, siteUrl: string) {
    this.page = page;
    this.#siteUrl = siteUrl;
  }

  /** Opens a file of the site that is not the app and that stands under no policy. */
  async openPlainFile(): Promise<void> {
    await this.page.goto(`${this.#siteUrl}favicon.svg`);
    await this.waitForControl();
  }

  async waitForControl(): Promise<void> {
    await this.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  }

  async post(message: unknown): Promise<void> {
    await this.page.evaluate((sent) => {
      navigator.serviceWorker.controller?.postMessage(sent);
    }, message);
  }

  /** Answers the questions for hosts as the owner of every kernel; a host that is not allowed is refused by its name. */
  async ownKernels(allowedOrigins: readonly string[]): Promise<void> {
    await this.page.evaluate((allowed) => {
      navigator.serviceWorker.startMessages();
      navigator.serviceWorker.addEventListener('message', (event) => {
        const question = event.data as { type: string; url: string };
        if (question.type !== 'ask-host') return;
        const [port] = event.ports;
        const { host, origin } = new URL(question.url);
        const verdict = allowed.includes(origin)
          ? { isAllowed: true }
          : { isAllowed: false, reason: `${host} is not allowed.` };
        port?.postMessage({ type: 'considering' });
        port?.postMessage({ type: 'verdict', verdict });
      });
    }, allowedOrigins);
  }

  /** Asks from a worker made of a blob, as the kernel is: the worker is blocked until the answer is there. */
  async askBlocked(path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
    const request = { url: new URL(path, this.#siteUrl).href, method, headers, body: body ?? null };
    return await this.page.evaluate(async (asked) => {
      const run = (): void => {
        self.onmessage = ({ data }: MessageEvent<typeof asked>) => {
          const exchange = new XMLHttpRequest();
          exchange.open(data.method, data.url, false);
          for (const [name, value] of Object.entries(data.headers)) exchange.setRequestHeader(name, value);
          exchange.send(data.body);
          const lines = exchange.getAllResponseHeaders().trim().split('\r\n');
          const pairs = lines.filter(Boolean).map((line) => line.split(/: (.*)/s).slice(0, 2));
          const headers = Object.fromEntries(pairs) as Record<string, string>;
          self.postMessage({ status: exchange.status, headers, body: exchange.responseText });
        };
      };
      const address = URL.createObjectURL(new Blob([`(${run.toString()})()`], { type: 'text/javascript' }));
      const worker = new Worker(address);
      try {
        return await new Promise<Answer>((resolve, reject) => {
          worker.onmessage = ({ data }: MessageEvent<Answer>) => {
            resolve(data);
          };
          worker.onerror = (event) => {
            reject(new Error(event.message));
          };
          worker.postMessage(asked);
        });
      } finally {
        worker.terminate();
        URL.revokeObjectURL(address);
      }
    }, request);
  }

  /** The build that the page is of. */
  async readBuild(): Promise<string> {
    return (await this.page.locator('meta[name="cahier-build"]').getAttribute('content')) ?? '';
  }

  /** The files that are kept of each build. */
  async listKept(): Promise<Record<string, string[]>> {
    return await this.page.evaluate(async (siteUrl) => {
      const lists = (await caches.keys()).map(async (name): Promise<[string, string[]]> => {
        const requests = await (await caches.open(name)).keys();
        return [name.split(' ').at(-1) ?? '', requests.map(({ url }) => url.slice(siteUrl.length)).sort()];
      });
      return Object.fromEntries(await Promise.all(lists));
    }, this.#siteUrl);
  }
}
