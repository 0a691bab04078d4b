/** Most characters of the names of models, groups, schemas, production lines and schedules. */
const longestName = 200;
/** Room for the number behind a name. */
const numberRoom = 8;

/** Gives names that are free, in little time even where very many are taken. */
export class FreeNames {
  readonly #toKey: (name: string) => string;
  readonly #taken = new Set<string>();
  readonly #nextNumbers = new Map<string, number>();

  /** `toKey` gives what tells two names apart. */
  constructor(taken: Iterable<string>, toKey: (name: string) => string = (name) => name) {
    this.#toKey = toKey;
    for (const name of taken) this.#taken.add(toKey(name));
  }

  /** The wanted name where nobody has it, else with a number behind it; nobody gets it again. */
  take(wanted: string): string {
    const name = this.#find(wanted);
    this.#taken.add(this.#toKey(name));
    return name;
  }

  #find(wanted: string): string {
    if (!this.#taken.has(this.#toKey(wanted))) return wanted;
    const characters = [...wanted];
    const room = longestName - numberRoom;
    const base = characters.length > room ? characters.slice(0, room).join('').trimEnd() : wanted;
    let number = this.#nextNumbers.get(this.#toKey(base)) ?? 2;
    while (this.#taken.has(this.#toKey(`${base} ${number}`))) number += 1;
    this.#nextNumbers.set(this.#toKey(base), number + 1);
    return `${base} ${number}`;
  }
}
