import { SchemaId, type DataSchema } from '../model/data-schema.ts';
import type { WorkspaceId } from '../model/ids.ts';
import { createFreeTitle, type Notebook } from '../model/notebook.ts';
import { listSchemaUses, type SchemaUse } from '../model/statement.ts';
import type { Storage, Written } from '../storage/Storage.ts';
import type { Notices } from './Notices.svelte.ts';

export interface SchemaServices {
  readonly storage: Pick<Storage, 'saveSchema' | 'removeSchema'>;
  readonly notices: Notices;
  /** All of the workspace, those in the trash too. */
  readonly getNotebooks: () => readonly Notebook[];
}

/** What of a data schema is written by a person. */
export type SchemaContent = Pick<DataSchema, 'name' | 'description' | 'fields'>;

/** The data schemas of a workspace. */
export class SchemaRepository {
  readonly #services: SchemaServices;
  readonly #workspaceId: WorkspaceId;
  #schemas = $state.raw<readonly DataSchema[]>([]);

  constructor(services: SchemaServices, workspaceId: WorkspaceId, schemas: readonly DataSchema[]) {
    this.#services = services;
    this.#workspaceId = workspaceId;
    this.#schemas = schemas;
  }

  /** By their names. */
  get schemas(): readonly DataSchema[] {
    return [...this.#schemas].sort((one, other) => one.name.localeCompare(other.name));
  }

  find(id: SchemaId): DataSchema | null {
    return this.#schemas.find((schema) => schema.id === id) ?? null;
  }

  /** The names that a schema cannot have, as others have them; of all where it is a new one. */
  listTakenNames(id: SchemaId | null): string[] {
    return this.#schemas.filter((schema) => schema.id !== id).map(({ name }) => name);
  }

  createFreeName(wanted: string): string {
    return createFreeTitle(wanted, this.listTakenNames(null));
  }

  /** The Statements that use it. */
  listUses(id: SchemaId): SchemaUse[] {
    return listSchemaUses(this.#services.getNotebooks(), id);
  }

  /** Adds one, and stores it. */
  add(content: SchemaContent): DataSchema {
    const schema = this.#build(content);
    this.#put(schema);
    return schema;
  }

  /**
   * Gives the one of this name where it has these fields, else a new one, under a free name: it is not there before it was
   * stored and `addStored` was told so.
   */
  findOrBuild(content: SchemaContent): DataSchema {
    const same = this.#schemas.find(({ name }) => name === content.name);
    if (same && hasSameFields(same, content)) return same;
    return this.#build({ ...content, name: this.createFreeName(content.name) });
  }

  /** Adds those that were stored with what names them. */
  addStored(schemas: readonly DataSchema[]): void {
    this.#schemas = [...this.#schemas, ...schemas];
  }

  /** Changes one, and stores it. Statements that use it are stale where its fields are others. */
  change(id: SchemaId, content: SchemaContent): void {
    const before = this.find(id);
    if (before) this.#put({ ...before, ...content, changedAt: Date.now() });
  }

  /** Removes one that nothing uses, and offers to bring it back. */
  remove(id: SchemaId): void {
    const schema = this.find(id);
    if (!schema || this.listUses(id).length > 0) return;
    this.#schemas = this.#schemas.filter((other) => other.id !== id);
    void this.#services.storage.removeSchema(id).then((written) => {
      this.#report(written, schema);
    });
    this.#services.notices.offer(`The data schema “${schema.name}” was deleted.`, {
      label: 'Undo',
      run: () => {
        this.#put({ ...schema, name: this.createFreeName(schema.name) });
      },
    });
  }

  #build(content: SchemaContent): DataSchema {
    const now = Date.now();
    return {
      id: SchemaId.create(),
      workspaceId: this.#workspaceId,
      ...content,
      createdAt: now,
      changedAt: now,
    };
  }

  #put(schema: DataSchema): void {
    this.#schemas = [...this.#schemas.filter(({ id }) => id !== schema.id), schema];
    void this.#services.storage.saveSchema(schema).then((written) => {
      this.#report(written, schema);
    });
  }

  #report(written: Written, { name }: DataSchema): void {
    if (written.isOk) return;
    this.#services.notices.tell(
      `The data schema “${name}” could not be stored (${written.problem.message}). It is there while this tab is open.`,
    );
  }
}

function hasSameFields({ fields }: SchemaContent, other: SchemaContent): boolean {
  return (
    fields.length === other.fields.length &&
    fields.every(({ name, type, isNullable }, index) => {
      const field = other.fields[index];
      return field?.name === name && field.type === type && field.isNullable === isNullable;
    })
  );
}
