import { outHeaders } from '../protocol/service-worker.ts';
import { findOutsideTarget, type NetworkGate, type OutsideTarget } from './network-gate.ts';
import { explainMissingGate, explainRefusal, isFromOutside } from './network-refusal.ts';

/** An address that no browser finds anything at, so that a request for it ends in a network error. */
const nowhere = 'blob:nowhere';

/** Events that tell of an answer; of one that is not the other host's, nothing is told but its end. */
const filteredEvents = ['readystatechange', 'progress', 'load'] as const;

/**
 * An `XMLHttpRequest` whose requests to other origins go through the gate, and come back as if they had gone straight.
 * What gets nowhere is a network error; the gate is told why, and a synchronous request throws it.
 */
export function createGatedRequest(Native: typeof XMLHttpRequest, gate: NetworkGate): typeof XMLHttpRequest {
  class GatedRequest extends Native {
    #target: OutsideTarget | null = null;
    #isSynchronous = false;

    constructor() {
      super();
      // The first listeners, so that they can keep an event from all others.
      for (const type of filteredEvents) {
        super.addEventListener(type, (event) => {
          this.#filter(event);
        });
      }
      super.addEventListener('error', () => {
        const missing = this.#target && explainMissingGate(gate, this.#target);
        if (missing) gate.onRefusal(missing);
      });
    }

    override open(
      method: string,
      url: string | URL,
      isAsynchronous = true,
      username?: string | null,
      password?: string | null,
    ): void {
      const target = findOutsideTarget(gate, String(url));
      if (!target) super.open(method, url, isAsynchronous, username, password);
      else super.open(method, gate.hasServiceWorker ? target.gateUrl : nowhere, isAsynchronous);
      this.#target = target;
      this.#isSynchronous = !isAsynchronous;
    }

    override send(body?: XMLHttpRequestBodyInit | null): void {
      if (!this.#target || !this.#isSynchronous) {
        super.send(body);
        return;
      }
      const missing = explainMissingGate(gate, this.#target);
      if (missing === null) this.#sendBlocking(body);
      if (missing === null && !this.#isRefused) return;
      const text = missing ?? this.#explain(this.#target);
      gate.onRefusal(text);
      throw new NetworkError(text);
    }

    #sendBlocking(body?: XMLHttpRequestBodyInit | null): void {
      try {
        super.send(body);
      } finally {
        if (this.#isRefused || super.status === 0) gate.lookForStop();
      }
    }

    override get status(): number {
      return this.#isRefused ? 0 : super.status;
    }

    override get statusText(): string {
      return this.#isRefused ? '' : super.statusText;
    }

    override get response(): unknown {
      if (!this.#isRefused) return super.response;
      return this.responseType === '' || this.responseType === 'text' ? '' : null;
    }

    override get responseText(): string {
      const text = super.responseText;
      return this.#isRefused ? '' : text;
    }

    override get responseURL(): string {
      if (!this.#target) return super.responseURL;
      return this.#isRefused ? '' : (super.getResponseHeader(outHeaders.finalUrl) ?? '');
    }

    override getResponseHeader(name: string): string | null {
      return this.#isRefused || (this.#target && isGateHeader(name)) ? null : super.getResponseHeader(name);
    }

    override getAllResponseHeaders(): string {
      if (this.#isRefused) return '';
      const lines = super.getAllResponseHeaders();
      if (!this.#target) return lines;
      return lines
        .split('\r\n')
        .filter((line) => !isGateHeader(line.split(':')[0] ?? ''))
        .join('\r\n');
    }

    /** Whether an answer has come that is not the other host's. */
    get #isRefused(): boolean {
      if (!this.#target || this.readyState < Native.HEADERS_RECEIVED || super.status === 0) return false;
      return !isFromOutside((name) => super.getResponseHeader(name));
    }

    #filter(event: Event): void {
      if (!this.#target || !this.#isRefused) return;
      if (event.type === 'readystatechange' && this.readyState === Native.DONE) return;
      event.stopImmediatePropagation();
      if (event.type !== 'load' || this.#isSynchronous) return;
      gate.onRefusal(this.#explain(this.#target));
      this.dispatchEvent(new ProgressEvent('error'));
    }

    #explain(target: OutsideTarget): string {
      return explainRefusal(target, (name) => super.getResponseHeader(name), toText(super.response));
    }
  }
  return GatedRequest;
}

/** What browsers throw has this name too; Python tells the message of an `Error` and wraps that of anything else. */
class NetworkError extends Error {
  override readonly name = 'NetworkError';
}

function isGateHeader(name: string): boolean {
  return Object.values<string>(outHeaders).includes(name.toLowerCase());
}

/** An answer's body as text, whatever the script wanted it as. */
function toText(response: unknown): string {
  if (typeof response === 'string') return response;
  if (response instanceof ArrayBuffer) return new TextDecoder().decode(response);
  if (response instanceof Blob) return new FileReaderSync().readAsText(response);
  return JSON.stringify(response);
}
