/** Something the user has to know: a problem and news stay until they are read, an offer goes by itself. */
export interface Notice {
  readonly id: number;
  readonly kind: 'problem' | 'news' | 'offer';
  readonly text: string;
  /** Names the matter, where the notice goes once that is settled. */
  readonly key: string | null;
  readonly action: NoticeAction | null;
}

export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

/** How long an offer stays, in milliseconds: long enough to be read and pressed. */
const shortestStay = 8_000;
const longestStay = 16_000;
const stayPerCharacter = 50;
/** How long one stays at most after the dialog was closed that it was made in. */
const lastStay = 4_000;

const refusalKey = 'refusal';

/** The notices that are shown, newest last, each text once. */
export class Notices {
  #list = $state.raw<readonly Notice[]>([]);
  #nextId = 1;
  #heldId: number | null = null;
  /** When the offer goes by itself, in milliseconds since 1970. */
  #leavesAt = 0;
  #leaving: ReturnType<typeof setTimeout> | undefined;

  get list(): readonly Notice[] {
    return this.#list;
  }

  /** Tells why what a person just tried was not done, in the place of the refusal before. */
  refuse(text: string): void {
    this.settle(refusalKey);
    this.#add('problem', text, refusalKey, null);
  }

  /** What was refused was done after all, or is no longer in sight. */
  settleRefusal(): void {
    this.settle(refusalKey);
  }

  /** Tells of a problem; the same text again changes nothing. */
  tell(text: string, action: NoticeAction | null = null): void {
    if (this.#list.some((notice) => notice.text === text)) return;
    this.#add('problem', text, null, action);
  }

  /** Tells of news in the place of what was told of the same matter before. */
  tellUntilSettled(key: string, text: string, action: NoticeAction | null): void {
    this.settle(key);
    this.#add('news', text, key, action);
  }

  /** The matter is settled: its notice goes. */
  settle(key: string): void {
    if (this.#list.some((notice) => notice.key === key)) {
      this.#list = this.#list.filter((notice) => notice.key !== key);
    }
  }

  /**
   * Offers to take back what was just done. It takes the place of the offer before: they are taken back in turn. Where it
   * can be taken back in another way as well, that settles the matter `key`.
   */
  offer(text: string, action: NoticeAction, key: string | null = null): void {
    this.#list = this.#list.filter((notice) => notice.kind !== 'offer');
    const id = this.#add('offer', text, key, action);
    this.#letLeave(id, Math.min(longestStay, shortestStay + stayPerCharacter * text.length));
  }

  /** The dialog was closed in which it was made: an offer goes soon. */
  hasten(): void {
    const offer = this.#list.find(({ kind }) => kind === 'offer');
    if (offer && this.#leavesAt - Date.now() > lastStay) this.#letLeave(offer.id, lastStay);
  }

  /** An offer that has the focus or the pointer does not go by itself; null when none has. */
  hold(id: number | null): void {
    this.#heldId = id;
  }

  dismiss(id: number): void {
    this.#list = this.#list.filter((notice) => notice.id !== id);
  }

  #letLeave(id: number, stay: number): void {
    clearTimeout(this.#leaving);
    this.#leavesAt = Date.now() + stay;
    this.#leaving = setTimeout(() => {
      if (this.#heldId === id) this.#letLeave(id, stay);
      else this.dismiss(id);
    }, stay);
  }

  #add(kind: Notice['kind'], text: string, key: string | null, action: NoticeAction | null): number {
    const id = this.#nextId++;
    this.#list = [...this.#list, { id, kind, text, key, action }];
    return id;
  }
}
