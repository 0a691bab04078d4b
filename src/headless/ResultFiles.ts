import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobHash } from '../model/ids.ts';
import type { Job, LogEntry } from '../model/job.ts';
import type { StoredOutput } from '../model/outputs.ts';
import type { Preview } from '../model/preview.ts';
import { openTable, type ResultMeans } from './describe-output.ts';
import type { CellPlace } from './events.ts';

/** What a file of a preview is called at its end, by the type of the preview. */
const textEndings: Readonly<Record<string, string>> = {
  text: 'txt',
  json: 'json',
  markdown: 'md',
  html: 'html',
  csv: 'csv',
  plotly: 'plotly.json',
  'vega-lite': 'vl.json',
};

/** Writes what jobs put out to files: a folder for each notebook, and one in it for each cell. */
export class ResultFiles {
  readonly #folder: string;
  readonly #means: ResultMeans;
  /** In lower case: some systems tell no others apart. */
  readonly #taken = new Set<string>();

  constructor(folder: string, means: ResultMeans) {
    this.#folder = folder;
    this.#means = means;
  }

  /** Rejects where a file cannot be written, or what is to be in it cannot be read. */
  async write(job: Job, log: readonly LogEntry[], { notebook, cell, number }: CellPlace): Promise<void> {
    const folder = join(toName(notebook), toName(`${number} ${cell}`));
    const text = log
      .filter(({ stream }) => stream !== 'event')
      .map((entry) => entry.text)
      .join('');
    if (text !== '') await this.#put(folder, 'log', 'txt', text);
    for (const [index, preview] of job.previews.entries()) {
      await this.#writePreview(folder, `preview ${index + 1}`, preview);
    }
    if (job.outcome.status !== 'done') return;
    for (const output of job.outcome.outputs) await this.#writeOutput(folder, output);
    for (const { name, mediaType, blob } of job.outcome.images) {
      await this.#putBlob(folder, name, mediaType === 'image/png' ? 'png' : 'jpg', blob);
    }
  }

  async #writeOutput(folder: string, output: StoredOutput): Promise<void> {
    switch (output.kind) {
      case 'dataset':
        await this.#putTable(folder, output.handle, output);
        return;
      case 'json':
        if (output.text === null) await this.#putBlob(folder, output.handle, 'json', output.blob);
        else await this.#put(folder, output.handle, 'json', output.text);
        return;
      case 'binary':
        await this.#putBlob(folder, output.handle, 'bin', output.blob);
        return;
      // No other program reads Python's objects, and no file holds a secret.
      case 'variable':
      case 'secret':
        return;
    }
  }

  async #writePreview(folder: string, name: string, { content }: Preview): Promise<void> {
    switch (content.type) {
      case 'table':
        await this.#putTable(folder, name, content.table);
        return;
      case 'image':
        for (const image of content.images) {
          if ('data' in image) await this.#putBlob(folder, name, toEnding(image.mediaType), image.data.blob);
        }
        return;
      case 'video':
      case 'audio': {
        const { source } = content;
        if ('data' in source) await this.#putBlob(folder, name, toEnding(source.mediaType), source.data.blob);
        return;
      }
      case 'iframe':
      case 'remote':
      case 'problem':
        return;
      default:
        await this.#putBlob(folder, name, textEndings[content.type] ?? 'json', content.text.blob);
    }
  }

  /** As CSV for people, and as Arrow with all types. */
  async #putTable(
    folder: string,
    name: string,
    output: Parameters<typeof openTable>[0] & Columned,
  ): Promise<void> {
    const table = await openTable(output, this.#means);
    try {
      const columns = output.summary.columns.map((_, index) => index);
      for (const format of ['csv', 'arrow'] as const) {
        const file = await table.exportFile({ format, columns, rows: null, hasHeader: true });
        await this.#put(folder, name, format, new Uint8Array(await file.arrayBuffer()));
      }
    } finally {
      table.close();
    }
  }

  async #putBlob(folder: string, name: string, ending: string, hash: BlobHash): Promise<void> {
    const blob = await this.#means.readBlob(hash);
    if (!blob) throw new Error(`“${name}” is not there any more.`);
    await this.#put(folder, name, ending, new Uint8Array(await blob.arrayBuffer()));
  }

  async #put(folder: string, name: string, ending: string, content: string | Uint8Array): Promise<void> {
    const inFolder = join(this.#folder, folder);
    let file = `${toName(name)}.${ending}`;
    for (let count = 2; this.#taken.has(join(inFolder, file).toLowerCase()); count += 1) {
      file = `${toName(name)} (${count}).${ending}`;
    }
    this.#taken.add(join(inFolder, file).toLowerCase());
    await mkdir(inFolder, { recursive: true });
    await writeFile(join(inFolder, file), content);
  }
}

interface Columned {
  readonly summary: { readonly columns: readonly unknown[] };
}

/** A name that every system takes, and that leads nowhere else. */
function toName(text: string): string {
  const plain = text
    .replaceAll(/[^\p{L}\p{N} ._()-]/gu, '_')
    .replaceAll(/^[. ]+|[. ]+$/g, '')
    .slice(0, 80);
  return plain === '' || /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(plain) ? `_${plain}` : plain;
}

function toEnding(mediaType: string): string {
  const [, kind = ''] = /^[\w-]+\/([\w-]+)/.exec(mediaType) ?? [];
  return kind === 'jpeg' ? 'jpg' : kind === '' ? 'bin' : kind;
}
