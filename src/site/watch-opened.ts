import { dropOpenText, findOpenText } from '../model/open-address.ts';

/** What takes files that are opened from outside of the page. */
export interface FileTaker {
  readonly openFile: (file: File) => unknown;
  /** `onSettled` is told when it was stored, or given up. */
  readonly openAddress: (text: string, onSettled: () => void) => unknown;
}

/** Hands over the file that a link names, and those that are opened with the installed app. */
export function watchOpened(taker: FileTaker): void {
  const text = findOpenText(location.search);
  if (text !== null) {
    taker.openAddress(text, () => {
      // A page that is loaded again must not ask again.
      history.replaceState(history.state, '', dropOpenText(location.href));
    });
  }
  const queue: unknown = Reflect.get(window, 'launchQueue');
  if (isLaunchQueue(queue)) queue.setConsumer((launch) => void takeLaunched(launch, taker));
}

/** Of the File Handling API, which some browsers have: https://wicg.github.io/web-app-launch/ */
interface LaunchQueue {
  readonly setConsumer: (consumer: (launch: unknown) => void) => void;
}

function isLaunchQueue(value: unknown): value is LaunchQueue {
  return typeof value === 'object' && value !== null && 'setConsumer' in value;
}

async function takeLaunched(launch: unknown, taker: FileTaker): Promise<void> {
  if (typeof launch !== 'object' || launch === null || !('files' in launch)) return;
  const [handle]: unknown[] = Array.isArray(launch.files) ? launch.files : [];
  if (handle instanceof FileSystemFileHandle) taker.openFile(await handle.getFile());
}
