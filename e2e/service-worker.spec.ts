import { expect, testInUse as base } from './fixtures.ts';
import { OutsideHost } from './OutsideHost.ts';
import { ServiceWorkerPage } from './pages/ServiceWorkerPage.ts';

interface Fixtures {
  /** Of no Python that runs. */
  readonly kernelId: string;
  /** A tab with the app, where the service worker answers. */
  readonly app: ServiceWorkerPage;
  /** A tab that owns every kernel, and allows `outside`. */
  readonly owner: ServiceWorkerPage;
  readonly outside: OutsideHost;
  /** A second host, which nobody allowed. */
  readonly stranger: OutsideHost;
}

const test = base.extend<Fixtures>({
  // Playwright reads the fixtures asked for from this pattern.
  kernelId: async ({}, use) => {
    await use(crypto.randomUUID());
  },
  app: async ({ page, site }, use) => {
    const app = new ServiceWorkerPage(page, site.url);
    await app.waitForControl();
    await use(app);
  },
  owner: async ({ app, outside, site }, use) => {
    const owner = new ServiceWorkerPage(await app.page.context().newPage(), site.url);
    await owner.openPlainFile();
    await owner.ownKernels([outside.url]);
    await use(owner);
    await owner.page.close();
  },
  outside: async ({}, use) => {
    const host = await OutsideHost.start();
    await use(host);
    await host.close();
  },
  stranger: async ({}, use) => {
    const host = await OutsideHost.start();
    await use(host);
    await host.close();
  },
});

function mailPath(kernelId: string, waitMilliseconds: number): string {
  return `-/mail/${kernelId}?wait=${waitMilliseconds}`;
}

function outPath(kernelId: string, url: string): string {
  return `-/out/${kernelId}/${encodeURIComponent(url)}`;
}

test('mail that was posted is handed out once, to a worker that is blocked', async ({ app, kernelId }) => {
  await app.post({ type: 'post-mail', kernelId, mail: { isStopAsked: true } });
  await app.post({ type: 'post-mail', kernelId, mail: { isStopAsked: false, answer: 'Ada' } });
  const first = await app.askBlocked(mailPath(kernelId, 10_000));
  expect([first.status, first.headers['cache-control'], JSON.parse(first.body)]).toEqual([
    200,
    'no-store',
    { isStopAsked: true, answer: 'Ada' },
  ]);
  expect(JSON.parse((await app.askBlocked(mailPath(kernelId, 0))).body)).toEqual({ isStopAsked: false });
});

test('a worker that waits for mail gets it while it waits', async ({ app, kernelId }) => {
  const waiting = app.askBlocked(mailPath(kernelId, 20_000));
  const other = app.askBlocked(`-/mail/${crypto.randomUUID()}?wait=300`);
  expect(JSON.parse((await other).body)).toEqual({ isStopAsked: false });
  await app.post({ type: 'post-mail', kernelId, mail: { isStopAsked: false, answer: null } });
  expect(JSON.parse((await waiting).body)).toEqual({ isStopAsked: false, answer: null });
});

test('mail that is out of date is thrown away', async ({ app, kernelId }) => {
  await app.post({ type: 'post-mail', kernelId, mail: { isStopAsked: true } });
  await app.post({ type: 'empty-mailbox', kernelId });
  expect(JSON.parse((await app.askBlocked(mailPath(kernelId, 0))).body)).toEqual({ isStopAsked: false });
});

test('a host that is allowed gets method, headers and body, and its answer comes back', async ({
  app,
  owner,
  outside,
  kernelId,
}) => {
  await owner.waitForControl();
  const target = `${outside.url}/echo?q=a%2Fb&c=%C3%A9#part`;
  const answer = await app.askBlocked(outPath(kernelId, target), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: 'Bearer token',
      'x-cahier-secret': 'own',
      'x-script': '1',
    },
    body: '{"x":"ä"}',
  });
  expect(answer.status).toBe(200);
  const { headers, ...arrival } = JSON.parse(answer.body) as { headers: Record<string, string> };
  expect(arrival).toEqual({ method: 'POST', path: '/echo?q=a%2Fb&c=%C3%A9', body: '{"x":"ä"}' });
  expect([
    headers['content-type'],
    headers['authorization'],
    headers['x-script'],
    headers['x-cahier-secret'],
    headers['cookie'],
    headers['referer'],
  ]).toEqual(['application/json', 'Bearer token', '1', undefined, undefined, undefined]);
  expect([
    answer.headers['x-own'],
    answer.headers['x-cahier-refused'],
    answer.headers['x-cahier-url'],
  ]).toEqual(['of the host', undefined, `${outside.url}/echo?q=a%2Fb&c=%C3%A9`]);
});

test('a plain request needs no leave of the host to be sent', async ({ app, owner, outside, kernelId }) => {
  await owner.waitForControl();
  expect((await app.askBlocked(outPath(kernelId, `${outside.url}/plain`))).status).toBe(200);
  expect(outside.arrivals.map(({ method }) => method)).toEqual(['GET']);
});

test('answers without a body and with an error come back as they are', async ({
  app,
  owner,
  outside,
  kernelId,
}) => {
  await owner.waitForControl();
  expect((await app.askBlocked(outPath(kernelId, `${outside.url}/empty`))).status).toBe(204);
  expect((await app.askBlocked(outPath(kernelId, `${outside.url}/missing`))).status).toBe(404);
  expect((await app.askBlocked(outPath(kernelId, `${outside.url}/echo`), { method: 'HEAD' })).status).toBe(
    200,
  );
  expect(outside.requests).toEqual(['GET /empty', 'GET /missing', 'HEAD /echo']);
});

test('a host that is not allowed gets nothing, and the refusal says why', async ({
  app,
  owner,
  stranger,
  kernelId,
}) => {
  await owner.waitForControl();
  const { status, headers, body } = await app.askBlocked(outPath(kernelId, `${stranger.url}/echo`));
  expect([status, headers['x-cahier-refused'], JSON.parse(body)]).toEqual([
    403,
    'policy',
    { error: 'policy', reason: `${new URL(stranger.url).host} is not allowed.` },
  ]);
  expect(stranger.arrivals).toEqual([]);
});

test('a redirect is followed to a host that is allowed, and nothing is handed out of another', async ({
  app,
  owner,
  outside,
  stranger,
  kernelId,
}) => {
  await owner.waitForControl();
  const within = await app.askBlocked(outPath(kernelId, `${outside.url}/?to=${outside.url}/end`));
  expect([within.status, within.headers['x-cahier-url']]).toEqual([200, `${outside.url}/end`]);
  const away = await app.askBlocked(outPath(kernelId, `${outside.url}/?to=${stranger.url}/end`));
  const { host } = new URL(stranger.url);
  expect([away.status, JSON.parse(away.body)]).toEqual([
    403,
    {
      error: 'policy',
      reason: `${new URL(outside.url).host} redirects to ${host}: ${host} is not allowed.`,
    },
  ]);
});

test('a host that does not answer is named', async ({ app, owner, outside, kernelId }) => {
  await owner.waitForControl();
  const { url } = outside;
  await outside.close();
  const { status, headers, body } = await app.askBlocked(outPath(kernelId, `${url}/echo`));
  expect([status, headers['x-cahier-refused']]).toEqual([502, 'network']);
  expect(body).toContain(new URL(url).host);
});

test('a kernel that no page owns reaches no host', async ({ app, outside, kernelId }) => {
  const { status, body } = await app.askBlocked(outPath(kernelId, `${outside.url}/echo`));
  expect([status, JSON.parse(body)]).toEqual([
    403,
    { error: 'policy', reason: 'No open page answers for this kernel, so it reaches no other host.' },
  ]);
  expect(outside.arrivals).toEqual([]);
});

test('only scripts get an answer: nothing is shown, run or drawn from the paths of the service worker', async ({
  app,
  owner,
  outside,
  site,
  kernelId,
}) => {
  await app.post({ type: 'post-mail', kernelId, mail: { isStopAsked: true } });
  for (const path of [mailPath(kernelId, 0), outPath(kernelId, `${outside.url}/echo`)]) {
    const url = new URL(path, site.url).href;
    const forged = await owner.page.context().newPage();
    const response = await forged.goto(url);
    expect([response?.status(), await response?.headerValue('x-cahier-refused')]).toEqual([403, 'policy']);
    await forged.close();
    const failures = await owner.page.evaluate(async (address) => {
      const loads = async (name: string, attribute: string): Promise<string> => {
        const element = document.createElementNS('http://www.w3.org/1999/xhtml', name);
        const settled = new Promise<string>((resolve) => {
          element.addEventListener('load', () => {
            const shown = element instanceof HTMLIFrameElement && element.contentDocument?.body.textContent;
            resolve(`${name}: ${shown ? String(shown.includes('requests of scripts only')) : 'loaded'}`);
          });
          element.addEventListener('error', () => {
            resolve(`${name}: error`);
          });
        });
        element.setAttribute(attribute, address);
        document.documentElement.append(element);
        return await settled;
      };
      const startsWorker = (type: WorkerType): Promise<string> =>
        new Promise((resolve) => {
          const worker = new Worker(address, { type });
          worker.onerror = () => {
            resolve(`${type} worker: error`);
          };
        });
      const imports = await import(/* @vite-ignore */ address).then(
        () => 'import: loaded',
        () => 'import: error',
      );
      return [
        await loads('iframe', 'src'),
        await loads('script', 'src'),
        await loads('img', 'src'),
        await startsWorker('classic'),
        await startsWorker('module'),
        imports,
      ];
    }, url);
    expect(failures).toEqual([
      'iframe: true',
      'script: error',
      'img: error',
      'classic worker: error',
      'module worker: error',
      'import: error',
    ]);
  }
  expect(outside.arrivals).toEqual([]);
  expect(JSON.parse((await app.askBlocked(mailPath(kernelId, 0))).body)).toEqual({ isStopAsked: true });
});

test('an address that is no other host is refused', async ({ app, owner, kernelId }) => {
  await owner.waitForControl();
  const reasons: unknown[] = [];
  for (const path of [
    outPath(kernelId, 'file:///etc/passwd'),
    outPath(kernelId, 'http://name:word@localhost/'),
    outPath(kernelId, 'nonsense'),
    `-/out/${kernelId}/http://localhost/?q=1`,
    '-/out/nobody/x',
  ]) {
    reasons.push(JSON.parse((await app.askBlocked(path)).body));
  }
  expect(reasons).toEqual(
    [
      'Only http: and https: can be reached from here, and not file:',
      'A name and a password cannot stand in the address: send them in a header.',
      'That is no address of another host.',
      'The address of the other host is not encoded.',
      'There is no such kernel.',
    ].map((reason) => ({ error: 'policy', reason })),
  );
});

test('a page that was loaded past the service worker gets it back', async ({ app }) => {
  const session = await app.page.context().newCDPSession(app.page);
  await session.send('Page.reload', { ignoreCache: true });
  await app.page.getByRole('toolbar', { name: 'Notebook' }).waitFor();
  await app.waitForControl();
});
