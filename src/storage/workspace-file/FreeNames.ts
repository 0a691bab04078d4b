/** What names are like. */
export interface NameRule {
  /** Characters that one has at most. */
  readonly longest: number;
  /** What tells two of them apart. */
  readonly toKey: (name: string) => string;
}

/** That of the names of models, groups, schemas, production lines and schedules. */
const plainRule: NameRule = { longest: 200, toKey: (name) => name };
/** Room for the number behind a name. */
const numberRoom = 8;

/** Gives names that are free, in little time even where very many are taken. */
export class FreeNames {
  readonly #rule: NameRule;
  readonly #taken = new Set<string>();
  readonly #nextNumbers = new Map<string, number>();

  constructor(taken: Iterable<string>, rule = plainRule) {
    this.#rule = rule;
    for (const name of taken) this.#taken.add(rule.toKey(name));
  }

  /** The wanted name where nobody has it, else with a number behind it; nobody gets it again. */
  take(wanted: string): string {
    const name = this.#find(wanted);
    this.#taken.add(this.#rule.toKey(name));
    return name;
  }

  #find(wanted: string): string {
    const { longest, toKey } = this.#rule;
    if (!this.#taken.has(toKey(wanted))) return wanted;
    const characters = [...wanted];
    const room = longest - numberRoom;
    const base = characters.length > room ? characters.slice(0, room).join('').trimEnd() : wanted;
    let number = this.#nextNumbers.get(toKey(base)) ?? 2;
    while (this.#taken.has(toKey(`${base} ${number}`))) number += 1;
    this.#nextNumbers.set(toKey(base), number + 1);
    return `${base} ${number}`;
  }
}
