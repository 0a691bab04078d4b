/** Kinds of ids that records name. Those of cells, jobs and sessions, and of cycles, belong to a notebook. */
export const idKinds = [
  'notebook',
  'cell',
  'job',
  'session',
  'cycles',
  'schema',
  'model',
  'group',
  'profile',
  'line',
  'schedule',
  'run',
] as const;

export type IdKind = (typeof idKinds)[number];

/** What ids are made of: with others, one could be a path, or mean something to who reads it. */
const plainId = /^[a-z\d][\w -]{0,99}$/i;

/** Whether something of a file may be stored under an id that came with it. */
export function isPlainId(id: string): boolean {
  return plainId.test(id);
}

/** No record is stored under these: the same may stand in several that hang together. */
const looseKinds: readonly IdKind[] = ['cycles', 'run'];

/**
 * own: what belongs to it keeps its ids where they are free; fresh: it gets others, whether they are free or not; here: it
 * stays as it is here, so that they are those of what is here.
 */
export type ScopeKind = 'own' | 'fresh' | 'here';

/** Gives each id of a file the one that what has it gets here: the same wherever the id stands. */
export class IdRenaming {
  readonly #used: ReadonlyMap<IdKind, Set<string>>;
  readonly #scopes = new Map<string, ScopeKind>();
  readonly #ids = new Map<string, string>();
  readonly #createId: () => string;

  /** `taken` are those of what is stored and stays. */
  constructor(
    taken: Partial<Readonly<Record<IdKind, Iterable<string>>>>,
    createId: () => string = () => crypto.randomUUID(),
  ) {
    this.#used = new Map(idKinds.map((kind) => [kind, new Set(taken[kind])]));
    this.#createId = createId;
  }

  /** Says which id something gets. */
  set(kind: IdKind, id: string, renamed: string): void {
    this.#keep(toKey(kind, id, ''), kind, renamed);
  }

  /** Gives something an id that nothing else has. */
  setFresh(kind: IdKind, id: string): void {
    this.set(kind, id, this.#createId());
  }

  /** Says what becomes of the ids of what belongs to something, such as a notebook. */
  setScope(scope: string, kind: ScopeKind): void {
    this.#scopes.set(scope, kind);
  }

  /** The id that it gets; one that nobody spoke of keeps its own where that is a plain one and leads to nothing that is stored. */
  rename(kind: IdKind, id: string, scope = ''): string {
    const key = toKey(kind, id, scope);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const scopeKind = scope === '' ? 'own' : this.#findScope(scope);
    if (scopeKind === 'here') return id;
    const isFree = scopeKind === 'own' && isPlainId(id) && !this.#used.get(kind)?.has(id);
    const renamed = isFree ? id : this.#createId();
    this.#keep(key, kind, renamed);
    return renamed;
  }

  /** The id that it got; null for one that nobody asked for. */
  find(kind: IdKind, id: string, scope: string): string | null {
    return this.#ids.get(toKey(kind, id, scope)) ?? null;
  }

  #keep(key: string, kind: IdKind, renamed: string): void {
    this.#ids.set(key, renamed);
    if (!looseKinds.includes(kind)) this.#used.get(kind)?.add(renamed);
  }

  /** Of a notebook that nobody spoke of: one that leads to nothing, or got another id so that it does. */
  #findScope(scope: string): ScopeKind {
    const known = this.#scopes.get(scope);
    if (known) return known;
    return this.rename('notebook', scope) === scope ? 'own' : 'fresh';
  }
}

function toKey(kind: IdKind, id: string, scope: string): string {
  return JSON.stringify([kind, scope, id]);
}
