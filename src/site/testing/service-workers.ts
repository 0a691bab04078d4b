/** Stands in for a service worker: it remembers what it is sent. */
export class SilentServiceWorker extends EventTarget {
  readonly sent: unknown[] = [];
  state: ServiceWorkerState = 'installing';

  postMessage(message: unknown): void {
    this.sent.push(message);
  }

  reach(state: ServiceWorkerState): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

/** Stands in for a registration: the test says what is in it. */
export class ScriptedRegistration extends EventTarget {
  installing: SilentServiceWorker | null = null;
  waiting: SilentServiceWorker | null = null;
  active: SilentServiceWorker | null = null;
  checks = 0;

  update(): Promise<void> {
    this.checks += 1;
    return Promise.reject(new TypeError('There is no network.'));
  }

  /** The browser found a newer service worker. */
  find(): SilentServiceWorker {
    const newer = new SilentServiceWorker();
    this.installing = newer;
    this.dispatchEvent(new Event('updatefound'));
    return newer;
  }

  /** The newer one is ready. */
  install(): void {
    const newer = this.installing;
    this.installing = null;
    this.waiting = newer;
    newer?.reach('installed');
  }
}

/** Stands in for `navigator.serviceWorker`. */
export class ScriptedContainer extends EventTarget {
  controller: SilentServiceWorker | null = null;
  readonly registration = new ScriptedRegistration();
  readonly registered: unknown[] = [];
  isRefusing = false;

  startMessages(): void {
    this.registered.push('messages');
  }

  register(url: URL, options: unknown): Promise<ScriptedRegistration> {
    this.registered.push([url.href, options]);
    return this.isRefusing
      ? Promise.reject(new DOMException('Storage is off', 'SecurityError'))
      : Promise.resolve(this.registration);
  }

  /** The service worker claims the page. */
  claim(): SilentServiceWorker {
    const controller = new SilentServiceWorker();
    this.controller = controller;
    this.dispatchEvent(new Event('controllerchange'));
    return controller;
  }

  say(data: unknown, ports: readonly MessagePort[] = []): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data, ports }));
  }
}
