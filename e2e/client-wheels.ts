import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../scripts/project.mjs';

const folder = join(projectFolder, 'node_modules/.cache/cahier/client-wheels');

/** What the clients are made of, all in Python alone. */
const requirements = [
  ...['urllib3==2.*', 'requests==2.*', 'idna', 'certifi'],
  ...['httpx==0.28.*', 'httpcore==1.*', 'h11', 'anyio', 'sniffio', 'typing_extensions'],
];

/** A wheel: the name of its file, and its content. */
export interface ClientWheel {
  readonly fileName: string;
  readonly content: Uint8Array;
}

/** The wheels of the HTTP clients, from the Python Package Index by pip; else why they cannot be had. */
export function findClientWheels(): readonly ClientWheel[] | string {
  mkdirSync(folder, { recursive: true });
  if (listWheels().length < requirements.length) {
    try {
      const options = ['--quiet', '--retries=1', '--no-deps', '--only-binary=:all:', '--dest', folder];
      execFileSync('pip', ['download', ...options, ...requirements], { stdio: 'pipe', timeout: 60_000 });
    } catch (error) {
      return `the wheels of the HTTP clients cannot be had from the Python Package Index: ${String(error).slice(0, 300)}`;
    }
  }
  return listWheels().map((fileName) => ({ fileName, content: readFileSync(join(folder, fileName)) }));
}

function listWheels(): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.whl'));
}
