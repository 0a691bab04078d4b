import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtFolder, startServer } from '../scripts/serve.mjs';
import { writeServiceWorker } from '../scripts/site/write-service-worker.mjs';

/** A package as the lock file describes it. */
export interface LockEntry {
  readonly name: string;
  readonly version: string;
  readonly file_name: string;
  readonly sha256: string;
  readonly install_dir: 'site';
  readonly package_type: 'package';
  readonly unvendored_tests: false;
  readonly imports: readonly string[];
  readonly depends: readonly string[];
}

/** Another name for a file whose name has a hash of eight characters: the first of these is another one. */
function renameByHash(name: string): string {
  return name.replace(
    /-(.)([\w-]{7}\.\w+)$/,
    (_, first: string, rest: string) => `-${first === '0' ? '1' : '0'}${rest}`,
  );
}

/** A copy of the built site on a host of its own, where another build can take its place. */
export class PublishedSite {
  readonly url: string;
  readonly #folder: string;
  readonly #close: () => Promise<void>;

  private constructor(folder: string, server: { readonly url: string; readonly close: () => Promise<void> }) {
    this.#folder = folder;
    this.url = server.url;
    this.#close = server.close;
  }

  static async publish(): Promise<PublishedSite> {
    const folder = await mkdtemp(join(tmpdir(), 'cahier-site-'));
    await cp(builtFolder, folder, { recursive: true });
    return new PublishedSite(folder, await startServer({ directory: folder, port: 0 }));
  }

  /** Puts another build there, none of whose scripts and styles has a name of the one before. */
  async publishNext(): Promise<void> {
    const assets = join(this.#folder, 'assets');
    const renamed = (await readdir(assets)).map((name) => [name, renameByHash(name)]);
    const texts = [
      join(this.#folder, 'index.html'),
      ...renamed.map(([name]) => join(assets, name ?? '')).filter((path) => /\.(js|css)$/.test(path)),
    ];
    for (const path of texts) {
      const content = await readFile(path, 'utf8');
      await writeFile(
        path,
        renamed.reduce((text, [from, to]) => text.replaceAll(from ?? '', to ?? ''), content),
      );
    }
    for (const [from, to] of renamed) await rename(join(assets, from ?? ''), join(assets, to ?? ''));
    await writeServiceWorker(this.#folder);
  }

  /** Has Python take its wheels from another place, and know more of them. */
  async changeDistribution(wheelUrl: string, packages: readonly LockEntry[]): Promise<void> {
    await this.#changeScripts((content) =>
      content.replaceAll(/https:\/\/cdn\.jsdelivr\.net\/pyodide\/v[\d.]+\/full\//g, wheelUrl),
    );
    const lockPath = (await this.listFiles()).find((name) => name.endsWith('/pyodide-lock.json')) ?? '';
    const lockFile = join(this.#folder, lockPath);
    const lock = JSON.parse(await readFile(lockFile, 'utf8')) as { packages: Record<string, unknown> };
    for (const entry of packages) lock.packages[entry.name] = entry;
    await writeFile(lockFile, JSON.stringify(lock));
    await writeServiceWorker(this.#folder);
  }

  /** Takes JavaScript Promise Integration from the browser, in the page and its workers, before they do anything. */
  async withholdPromiseIntegration(): Promise<void> {
    const names = ['Suspending', 'promising', 'SuspendError'];
    const removal = names.map((name) => `delete WebAssembly.${name};`).join('');
    await this.#changeScripts((content) => removal + content);
    await writeServiceWorker(this.#folder);
  }

  async #changeScripts(change: (content: string) => string): Promise<void> {
    for (const path of (await this.listFiles()).filter((name) => /^assets\/.+\.js$/.test(name))) {
      const file = join(this.#folder, path);
      await writeFile(file, change(await readFile(file, 'utf8')));
    }
  }

  /** Puts a file beside those of the site, as whoever runs the host may. */
  async addFile(path: string, content: Buffer): Promise<void> {
    await writeFile(join(this.#folder, path), content);
  }

  /** What the host holds, by paths relative to its folder. */
  async listFiles(): Promise<string[]> {
    const entries = await readdir(this.#folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.#folder.length + 1))
      .sort();
  }

  /** The host can be reached no more. */
  async close(): Promise<void> {
    await this.#close();
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true });
  }
}
