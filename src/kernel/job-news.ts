import type { JobEvent } from '../protocol/messages.ts';
import { assertNever } from '../shared/assert-never.ts';
import type { JobListener } from './Kernel.ts';

/** Texts in the log of a job, with one character more for each: an honest job has not half of it. */
const mostLogged = 6_000_000;

/** Python shows fewer of each job, and the page is not to be drowned by one that does not keep to that. */
const mostPreviews = 2_000;

/** Python lets a preview be replaced once in 0.3 s: these are three times as many, for each that there is. */
const mostReplacementsASecond = 10;

/** Clocks of two threads do not agree, and what a script shows at its very end comes at once. */
const mostReplacementsAtOnce = 100;

/** What the kernel sees to itself: the listener hears of it otherwise, or never. */
type KernelNews = 'wheels-unpacked' | 'job-finished';

/** News of a job that go to whoever had it run. */
export type JobNews = Exclude<JobEvent, { readonly type: KernelNews }>;

/** Counts what a job says. */
export class JobFlood {
  readonly #now: () => number;
  readonly #startedAt: number;
  readonly #previewIds = new Set<string>();
  #logged = 0;
  #previewCount = 0;
  #replacementCount = 0;

  /** `now` gives milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#startedAt = now();
  }

  /** Why the job says more than any that keeps to the rules, as the end of a sentence; null as long as it does not. */
  findProblem(news: JobNews): string | null {
    if (news.type === 'log-added') {
      this.#logged += news.entries.reduce((sum, { text }) => sum + text.length + 1, 0);
      return this.#logged > mostLogged ? 'as its log has no end' : null;
    }
    return news.type === 'preview-added' && this.#isPreviewTooMany(news.preview.id)
      ? 'as it shows without end'
      : null;
  }

  #isPreviewTooMany(id: string | null): boolean {
    if (id !== null && this.#previewIds.has(id)) {
      this.#replacementCount += 1;
      const seconds = (this.#now() - this.#startedAt) / 1000;
      const mostOfEach = mostReplacementsAtOnce + mostReplacementsASecond * seconds;
      return this.#replacementCount > mostOfEach * this.#previewIds.size;
    }
    if (id !== null) this.#previewIds.add(id);
    this.#previewCount += 1;
    return this.#previewCount > mostPreviews;
  }
}

export function tellJobNews(news: JobNews, listener: JobListener): void {
  switch (news.type) {
    case 'packages-found':
      listener.onPackagesFound(news.names);
      return;
    case 'packages-installed':
      listener.onPackagesInstalled(news.packages);
      return;
    case 'packages-ready':
      listener.onPackagesReady(news.packages);
      return;
    case 'packages-progressed':
      listener.onLoading({ names: news.names, progress: news.progress });
      return;
    case 'script-started':
      listener.onScriptStarted();
      return;
    case 'input-asked':
      listener.onInputAsked(news.prompt);
      return;
    case 'log-added':
      listener.onLog(news.entries);
      return;
    case 'progress-changed':
      listener.onProgress(news.percent);
      return;
    case 'preview-added':
      listener.onPreview(news.preview);
      return;
    case 'files-changed':
      listener.onFilesChanged(news.change);
      return;
    case 'files-opened':
      listener.onFilesOpened(news.paths);
      return;
    default:
      assertNever(news);
  }
}
