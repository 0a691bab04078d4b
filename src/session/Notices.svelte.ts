/** Something the user has to know: a problem stays until it is read, an offer goes by itself. */
export interface Notice {
  readonly id: number;
  readonly kind: 'problem' | 'offer';
  readonly text: string;
  readonly action: NoticeAction | null;
}

export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

/** How long an offer stays, in milliseconds. */
const offerTime = 12_000;

/** The notices that are shown, newest last, each text once. */
export class Notices {
  #list = $state.raw<readonly Notice[]>([]);
  #nextId = 1;

  get list(): readonly Notice[] {
    return this.#list;
  }

  /** Tells of a problem; the same text again changes nothing. */
  tell(text: string, action: NoticeAction | null = null): void {
    if (this.#list.some((notice) => notice.text === text)) return;
    this.#add('problem', text, action);
  }

  /** Offers to take back what was just done. It takes the place of the offer before: they are taken back in turn. */
  offer(text: string, action: NoticeAction): void {
    this.#list = this.#list.filter((notice) => notice.kind !== 'offer');
    const id = this.#add('offer', text, action);
    setTimeout(() => {
      this.dismiss(id);
    }, offerTime);
  }

  dismiss(id: number): void {
    this.#list = this.#list.filter((notice) => notice.id !== id);
  }

  #add(kind: Notice['kind'], text: string, action: NoticeAction | null): number {
    const id = this.#nextId++;
    this.#list = [...this.#list, { id, kind, text, action }];
    return id;
  }
}
