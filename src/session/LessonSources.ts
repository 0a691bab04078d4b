import type { BlobHash } from '../model/ids.ts';
import type { Lesson, LessonContent, LessonSource } from '../model/lesson.ts';
import type { DataSchema } from '../model/data-schema.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import type { BlobToStore } from '../storage/Storage.ts';
import type { SchemaRepository } from './SchemaRepository.svelte.ts';
import { hashExample, makeExample, type ExampleServices } from './make-example.ts';

/** A lesson as it is now where it came from. */
export interface NewerLesson {
  readonly content: LessonContent;
  readonly source: LessonSource;
  /** What it names, to be stored with it. */
  readonly blobs: readonly BlobToStore[];
  readonly schemas: readonly DataSchema[];
}

/** Who looks for a newer lesson. */
export interface LessonSeeker {
  /** Of the notebook. */
  readonly title: string;
  /** Values that the notebook has, or was opened with. */
  readonly ownValues: ReadonlySet<BlobHash>;
  /** Gets a file of another host for the notebook, as far as the workspace allows it. Rejects with a sentence. */
  readonly fetchRemote: (url: string) => Promise<Blob>;
}

interface LessonSourcesServices extends Pick<ExampleServices, 'importer'> {
  readonly schemas: Pick<SchemaRepository, 'find' | 'findOrBuild' | 'addStored'>;
}

/** Knows the lessons that come with the app as they are in this version of it. */
export class LessonSources {
  readonly #services: LessonSourcesServices;

  constructor(services: LessonSourcesServices) {
    this.#services = services;
  }

  /** Whether this version of the app has another one. Rejects where it cannot be loaded. */
  async hasNewer({ source }: Lesson): Promise<boolean> {
    if (source.kind !== 'example') return false;
    const offered = await findExample(source.exampleId);
    return offered !== undefined && hashExample(await offered.load()) !== source.edition;
  }

  /** The one that this version of the app has, or that is at its address now. The problem is a sentence. */
  async loadNewer(
    { source }: Lesson,
    { title, ownValues, fetchRemote }: LessonSeeker,
  ): Promise<Result<NewerLesson, string>> {
    if (source.kind === 'address') {
      const { schemas } = this.#services;
      const { readLessonFile } = await import('./read-lesson-file.ts');
      const read = await readLessonFile(await fetchRemote(source.address), title, {
        findOrBuild: (content) => schemas.findOrBuild(content),
        isStored: (id) => schemas.find(id) !== null,
        ownValues,
      });
      return read.isOk ? succeed({ ...read.value, source }) : read;
    }
    const offered = source.kind === 'example' ? await findExample(source.exampleId) : undefined;
    if (!offered) return fail('Nothing newer of this lesson is known.');
    const made = await makeExample(offered, this.#services);
    if (!made.isOk) return made;
    const { content, ...rest } = made.value;
    return succeed({ ...rest, content: { ...content, files: [], requirements: '', wheels: [] } });
  }

  /** To be told of data schemas that were stored with a lesson. */
  noteStored(schemas: readonly DataSchema[]): void {
    this.#services.schemas.addStored(schemas);
  }
}

async function findExample(id: string) {
  const { examples } = await import('../examples/list-examples.ts');
  return examples.find((example) => example.id === id);
}
