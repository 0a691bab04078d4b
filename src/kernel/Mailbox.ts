import type { Mail } from '../protocol/service-worker.ts';

/** How the page reaches a kernel whose worker is blocked and hears no message. */
export interface Mailbox {
  /** Leaves mail for the kernel; what is there already stays, and a new answer takes the place of the old one. */
  readonly post: (kernelId: string, mail: Mail) => void;
  /** Throws away what the kernel has not fetched. */
  readonly empty: (kernelId: string) => void;
  /** Ends what the kernel waits for of other hosts, and may be blocked by. */
  readonly endRequests: (kernelId: string) => void;
}
