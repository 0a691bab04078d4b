import type { JobEvent } from '../protocol/messages.ts';
import { assertNever } from '../shared/assert-never.ts';
import type { JobListener } from './Kernel.ts';

/** Texts in the log of a job, with one character more for each: an honest job has not half of it. */
const mostLogged = 6_000_000;

/** Python shows fewer of each job, and the page is not to be drowned by one that does not keep to that. */
const mostPreviews = 2_000;

/** What the kernel sees to itself: the listener hears of it otherwise, or never. */
type KernelNews = 'wheels-unpacked' | 'job-finished';

/** News of a job that go to whoever had it run. */
export type JobNews = Exclude<JobEvent, { readonly type: KernelNews }>;

/** Counts what a job says. */
export class JobFlood {
  #logged = 0;
  #previewCount = 0;

  /** Why the job says more than any that keeps to the rules, as the end of a sentence; null as long as it does not. */
  findProblem(news: JobNews): string | null {
    if (news.type === 'log-added') {
      this.#logged += news.entries.reduce((sum, { text }) => sum + text.length + 1, 0);
      return this.#logged > mostLogged ? 'as its log has no end' : null;
    }
    if (news.type !== 'preview-added') return null;
    this.#previewCount += 1;
    return this.#previewCount > mostPreviews ? 'as it shows without end' : null;
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
    default:
      assertNever(news);
  }
}
