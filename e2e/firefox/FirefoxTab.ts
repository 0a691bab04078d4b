import type { BidiConnection } from './BidiConnection.ts';

/** An element by what a screen reader calls it, with any name where none is given; else by a selector. */
export type Wanted = { readonly role: string; readonly name?: string } | { readonly css: string };

/** An element of the page, as BiDi names it. */
export interface FoundElement {
  readonly sharedId: string;
}

/** What a function in the page is called with: an element for one that was found, a text for a text. */
type InPage<Given extends readonly (FoundElement | string)[]> = {
  [At in keyof Given]: Given[At] extends string ? string : Element;
};

type ScriptResult =
  | { readonly type: 'success'; readonly result: { readonly value?: string } }
  | { readonly type: 'exception'; readonly exceptionDetails: { readonly text: string } };

/** The keys of WebDriver that have no character of their own. */
export const keys = { control: '\uE009', enter: '\uE007' } as const;

/** How often a page is asked for an element that is not there yet, and for how long, in milliseconds. */
const interval = 50;
const findLimit = 60_000;

/** What Firefox says, without an address, of a request that a page was waiting for when it was left. */
const leftBehind =
  'Failed to load ‘’. A ServiceWorker intercepted the request and encountered an unexpected error.';

/** What Firefox says, without a place in any script, of a worker that was ended while Python computed in it. */
const ended = 'uncaught exception: undefined';

/** One tab. */
export class FirefoxTab {
  /** Errors that no script of the page caught. What its policy refuses is none: stories try it on purpose. */
  readonly problems: string[] = [];
  readonly #connection: BidiConnection;
  readonly #context: string;

  constructor(connection: BidiConnection, context: string) {
    this.#connection = connection;
    this.#context = context;
    connection.on('log.entryAdded', ({ type, source, text, stackTrace }) => {
      const isOwn = (source as { context?: string }).context === context;
      const problem = String(text);
      const isExpected =
        problem === leftBehind ||
        (problem === ended && stackTrace === undefined) ||
        problem.startsWith('Content-Security-Policy: ');
      if (type === 'javascript' && isOwn && !isExpected) this.problems.push(problem);
    });
  }

  async open(url: string): Promise<void> {
    await this.#send('browsingContext.navigate', { url, wait: 'complete' });
  }

  async reload(): Promise<void> {
    await this.#send('browsingContext.reload', { wait: 'complete' });
  }

  /** Puts it in front of the other tabs. */
  async activate(): Promise<void> {
    await this.#send('browsingContext.activate');
  }

  async close(): Promise<void> {
    await this.#send('browsingContext.close');
  }

  /** Calls a function in the page, where it sees nothing of this process but what it is given. It gives what JSON can hold. */
  async evaluate<Value, Given extends readonly (FoundElement | string)[]>(
    call: (...given: InPage<Given>) => Value | Promise<Value>,
    ...given: Given
  ): Promise<Value> {
    const answer = await this.#connection.send<ScriptResult>('script.callFunction', {
      functionDeclaration: `async (...given) => JSON.stringify((await (${call.toString()})(...given)) ?? null)`,
      arguments: given.map((one) => (typeof one === 'string' ? { type: 'string', value: one } : one)),
      awaitPromise: true,
      target: { context: this.#context },
    });
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
    return JSON.parse(answer.result.value ?? 'null') as Value;
  }

  /** All that there are now, in the page or within an element. */
  async list(wanted: Wanted, within?: FoundElement): Promise<FoundElement[]> {
    const locator =
      'css' in wanted
        ? { type: 'css', value: wanted.css }
        : { type: 'accessibility', value: { role: wanted.role, name: wanted.name } };
    const { nodes } = await this.#send<{ nodes: FoundElement[] }>('browsingContext.locateNodes', {
      locator,
      ...(within ? { startNodes: [{ sharedId: within.sharedId }] } : {}),
    });
    return nodes.map(({ sharedId }) => ({ sharedId }));
  }

  /** The first one, as soon as there is one. */
  async find(wanted: Wanted, within?: FoundElement): Promise<FoundElement> {
    const deadline = Date.now() + findLimit;
    while (Date.now() < deadline) {
      const [element] = await this.list(wanted, within);
      if (element) return element;
      await new Promise((resolve) => setTimeout(resolve, interval));
    }
    throw new Error(`Nothing is ${JSON.stringify(wanted)} after ${findLimit / 1000} s.`);
  }

  /** Presses on the middle of an element, once that stands still and nothing lies over it. */
  async click(element: FoundElement): Promise<void> {
    await this.evaluate(async (found) => {
      found.scrollIntoView({ block: 'nearest' });
      const deadline = performance.now() + 10_000;
      const readPlace = (): string => JSON.stringify(found.getBoundingClientRect());
      const findTop = (): Element | null => {
        const { x, y, width, height } = found.getBoundingClientRect();
        return document.elementFromPoint(x + width / 2, y + height / 2);
      };
      let place = '';
      while (place !== readPlace() || !found.contains(findTop())) {
        if (performance.now() > deadline) {
          throw new Error(`It moves, or is covered by ${findTop()?.outerHTML.slice(0, 200) ?? 'nothing'}`);
        }
        place = readPlace();
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    }, element);
    const origin = { type: 'element', element };
    await this.#act({
      type: 'pointer',
      id: 'mouse',
      actions: [
        { type: 'pointerMove', x: 0, y: 0, origin },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ],
    });
  }

  /** Presses these keys, the last one while the others are held. */
  async press(...pressed: string[]): Promise<void> {
    const down = pressed.map((value) => ({ type: 'keyDown', value }));
    const up = pressed.toReversed().map((value) => ({ type: 'keyUp', value }));
    await this.#act({ type: 'key', id: 'keyboard', actions: [...down, ...up] });
  }

  async type(text: string): Promise<void> {
    for (const character of text) await this.press(character);
  }

  async #act(source: object): Promise<void> {
    await this.#send('input.performActions', { actions: [source] });
  }

  async #send<Answer>(method: string, parameters: object = {}): Promise<Answer> {
    return await this.#connection.send<Answer>(method, { context: this.#context, ...parameters });
  }
}
