import { WebSocket, type RawData } from 'ws';

/** A command that takes longer than this many milliseconds is given up. */
const commandLimit = 60_000;

type Listener = (parameters: Readonly<Record<string, unknown>>) => void;

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Incoming {
  readonly type: 'success' | 'error' | 'event';
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: string;
  readonly message?: string;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

/**
 * WebDriver BiDi, as much of it as these tests speak: commands that are answered, and events.
 * See https://w3c.github.io/webdriver-bidi/
 */
export class BidiConnection {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<{ readonly method: string; readonly listener: Listener }>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      this.#receive(data);
    });
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('The browser has hung up.'));
      this.#waiting.clear();
    });
  }

  static async open(url: string): Promise<BidiConnection> {
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return new BidiConnection(socket);
  }

  /** Sends a command. Throws what the browser says went wrong, or that it does not answer. */
  async send<Answer = unknown>(method: string, parameters: object = {}): Promise<Answer> {
    const id = ++this.#lastId;
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      const answer = await new Promise<unknown>((resolve, reject) => {
        this.#waiting.set(id, { resolve, reject });
        timer = setTimeout(() => {
          reject(new Error(`${method} was not answered within ${commandLimit / 1000} s.`));
        }, commandLimit);
        this.#socket.send(JSON.stringify({ id, method, params: parameters }));
      });
      return answer as Answer;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
    }
  }

  on(method: string, listener: Listener): void {
    this.#listeners.add({ method, listener });
  }

  close(): void {
    this.#socket.close();
  }

  #receive(data: RawData): void {
    const message = JSON.parse((data as Buffer).toString()) as Incoming;
    if (message.type === 'event') {
      for (const { method, listener } of this.#listeners) {
        if (method === message.method) listener(message.params ?? {});
      }
      return;
    }
    const waiting = this.#waiting.get(message.id ?? 0);
    if (message.type === 'success') waiting?.resolve(message.result);
    else waiting?.reject(new Error(`${message.error ?? 'error'}: ${message.message ?? ''}`));
  }
}
