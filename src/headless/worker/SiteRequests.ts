import type { Answer, Asked, SiteLine } from './SiteLine.ts';

const states = { UNSENT: 0, OPENED: 1, HEADERS_RECEIVED: 2, LOADING: 3, DONE: 4 } as const;

type ResponseType = '' | 'arraybuffer' | 'blob' | 'document' | 'json' | 'text';

/** A `fetch` of the site's files, and of what the main thread answers. */
export function createSiteFetch(line: SiteLine, nativeFetch: typeof fetch): typeof fetch {
  return async (input, options) => {
    const request = new Request(input, options);
    const { url, signal } = request;
    if (/^(data|blob):/.test(url)) return await nativeFetch(input, options);
    const path = line.findFile(url);
    if (path !== null) return await fetchFile(line, path);
    if (!line.isOfSite(url)) throw new TypeError(`There is no way to ${url} from here.`);
    const body = new Uint8Array(await request.arrayBuffer());
    const answer = await line.ask(
      {
        url,
        method: request.method,
        headers: [...request.headers],
        body: body.byteLength > 0 ? body : null,
        redirect: request.redirect,
      },
      signal,
    );
    const { status, statusText } = answer;
    const hasBody = ![204, 205, 304].includes(status);
    return new Response(hasBody ? answer.body : null, {
      status,
      statusText,
      headers: answer.headers.map(([name, value]): [string, string] => [name, value]),
    });
  };
}

async function fetchFile(line: SiteLine, path: string): Promise<Response> {
  try {
    const type = path.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream';
    return new Response(await line.readFile(path), { headers: { 'content-type': type } });
  } catch {
    return new Response(null, { status: 404 });
  }
}

/** As much of `XMLHttpRequest` as Python's libraries and this app's own requests use, blocking or not. */
export function createSiteRequest(line: SiteLine): typeof EventTarget {
  return class XMLHttpRequest extends EventTarget {
    static readonly UNSENT = states.UNSENT;
    static readonly OPENED = states.OPENED;
    static readonly HEADERS_RECEIVED = states.HEADERS_RECEIVED;
    static readonly LOADING = states.LOADING;
    static readonly DONE = states.DONE;
    readonly UNSENT = states.UNSENT;
    readonly OPENED = states.OPENED;
    readonly HEADERS_RECEIVED = states.HEADERS_RECEIVED;
    readonly LOADING = states.LOADING;
    readonly DONE = states.DONE;
    onreadystatechange: ((event: Event) => void) | null = null;
    onload: ((event: Event) => void) | null = null;
    onloadend: ((event: Event) => void) | null = null;
    onerror: ((event: Event) => void) | null = null;
    onabort: ((event: Event) => void) | null = null;
    ontimeout: ((event: Event) => void) | null = null;
    onprogress: ((event: Event) => void) | null = null;
    responseType: ResponseType = '';
    timeout = 0;
    withCredentials = false;
    readonly upload = new EventTarget();
    #state: number = states.UNSENT;
    #method = 'GET';
    #url = '';
    #isAsynchronous = true;
    #headers: [string, string][] = [];
    #answer: Answer | null = null;
    #answerHeaders = new Headers();
    #charset = 'utf-8';
    #end = new AbortController();

    get readyState(): number {
      return this.#state;
    }

    get status(): number {
      return this.#answer?.status ?? 0;
    }

    get statusText(): string {
      return this.#answer?.statusText ?? '';
    }

    get responseURL(): string {
      return this.#answer ? this.#url : '';
    }

    get responseText(): string {
      return this.#readText();
    }

    get response(): unknown {
      const body = this.#answer?.body;
      switch (this.responseType) {
        case '':
        case 'text':
          return this.#readText();
        case 'arraybuffer':
          return body ? body.slice().buffer : null;
        case 'blob':
          return body ? new Blob([body], { type: this.#answerHeaders.get('content-type') ?? '' }) : null;
        case 'json':
          return body ? readJson(this.#readText()) : null;
        default:
          return null;
      }
    }

    open(method: string, url: string | URL, isAsynchronous = true): void {
      this.#method = method.toUpperCase();
      this.#url = new URL(url, 'https://cahier.invalid/').href;
      this.#isAsynchronous = isAsynchronous;
      this.#headers = [];
      this.#answer = null;
      this.#end.abort();
      this.#end = new AbortController();
      this.#setState(states.OPENED);
    }

    setRequestHeader(name: string, value: string): void {
      this.#headers.push([name, value]);
    }

    overrideMimeType(type: string): void {
      this.#charset = /charset=([\w-]+)/i.exec(type)?.[1] ?? this.#charset;
    }

    getResponseHeader(name: string): string | null {
      return this.#answerHeaders.get(name);
    }

    getAllResponseHeaders(): string {
      return [...this.#answerHeaders].map(([name, value]) => `${name}: ${value}\r\n`).join('');
    }

    abort(): void {
      this.#end.abort();
      this.#answer = null;
      this.#state = states.UNSENT;
      this.#tell('abort');
    }

    send(body: unknown = null): void {
      const path = this.#isAsynchronous ? null : line.findFile(this.#url);
      if (path !== null) this.#take(readNow(line, path));
      else if (!line.isOfSite(this.#url)) this.#fail();
      else if (this.#isAsynchronous) void this.#sendLater(body);
      else this.#take(line.askNow(this.#describe(toBytesNow(body, line))));
    }

    async #sendLater(body: unknown): Promise<void> {
      const { signal } = this.#end;
      const timer =
        this.timeout > 0
          ? setTimeout(() => {
              this.#end.abort();
              this.#tell('timeout');
            }, this.timeout)
          : null;
      try {
        const answer = await line.ask(this.#describe(toBytesNow(body, line)), signal);
        if (!signal.aborted) this.#take(answer);
      } catch {
        if (!signal.aborted) this.#fail();
      } finally {
        if (timer !== null) clearTimeout(timer);
      }
    }

    /** What extends this class says less of some answers than it reads itself. */
    #readText(): string {
      return this.#answer ? new TextDecoder(this.#charset).decode(this.#answer.body) : '';
    }

    #describe(body: Uint8Array<ArrayBuffer> | null): Asked {
      return { url: this.#url, method: this.#method, headers: this.#headers, body, redirect: 'follow' };
    }

    #take(answer: Answer): void {
      this.#answer = answer;
      this.#answerHeaders = new Headers(
        answer.headers.map(([name, value]): [string, string] => [name, value]),
      );
      if (this.#isAsynchronous) {
        this.#setState(states.HEADERS_RECEIVED);
        this.#setState(states.LOADING);
      }
      this.#setState(states.DONE);
      this.#tell('load');
      this.#tell('loadend');
    }

    #fail(): void {
      this.#answer = null;
      this.#setState(states.DONE);
      this.#tell('error');
      this.#tell('loadend');
      if (!this.#isAsynchronous) {
        throw new DOMException(`There is no way to ${this.#url} from here.`, 'NetworkError');
      }
    }

    #setState(state: number): void {
      this.#state = state;
      this.#tell('readystatechange');
    }

    #tell(type: 'readystatechange' | 'load' | 'loadend' | 'error' | 'abort' | 'timeout'): void {
      const event = new Event(type);
      let isStopped = false;
      const stop = event.stopImmediatePropagation.bind(event);
      event.stopImmediatePropagation = () => {
        isStopped = true;
        stop();
      };
      this.dispatchEvent(event);
      if (!isStopped) this[`on${type}`]?.(event);
    }
  };
}

function readNow(line: SiteLine, path: string): Answer {
  const none = { type: 'answer', id: 0, statusText: '', headers: [] } as const;
  try {
    return { ...none, status: 200, body: line.readFileNow(path) };
  } catch {
    return { ...none, status: 404, body: new Uint8Array() };
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function toBytesNow(body: unknown, line: SiteLine): Uint8Array<ArrayBuffer> | null {
  if (body === null || body === undefined) return null;
  if (body instanceof ArrayBuffer) return new Uint8Array(body.slice());
  if (ArrayBuffer.isView(body)) {
    return Uint8Array.from(new Uint8Array(body.buffer, body.byteOffset, body.byteLength));
  }
  if (body instanceof Blob) return line.readBlobNow(body);
  return new TextEncoder().encode(String(body));
}
