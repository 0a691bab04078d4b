import { toMessage } from '../../shared/to-message.ts';
import { formatCount } from '../../ui/format.ts';
import { measureImage } from './measure-image.ts';
import type { ShownImage } from './shown-image.ts';

/** An image takes 4 bytes of memory for each: a file of a few kilobytes could ask for all there is. */
const mostPixels = 100_000_000;

/** The bytes of an image while it is shown. */
export class ReadImage {
  content = $state.raw<Blob | null>(null);
  /** Where its bytes are drawn from; null until then, and where they cannot be. */
  address = $state<string | null>(null);
  /** A sentence. */
  problem = $state<string | null>(null);
  /** Whether it would help to read it again. */
  canRetry = $state(true);

  /** Reads it; what is given back lets it go. */
  open({ name, read }: Pick<ShownImage, 'name' | 'read'>): () => void {
    let isOpen = true;
    let made: string | null = null;
    const take = async (): Promise<void> => {
      const content = await read();
      const size = await measureImage(content);
      if (!isOpen) return;
      this.content = content;
      if (size && size.width * size.height > mostPixels) {
        const pixels = `${formatCount(size.width)} × ${formatCount(size.height)} pixels`;
        this.canRetry = false;
        this.problem = `The image “${name}” has ${pixels}, too many to be drawn here. Download it, or make it smaller.`;
        return;
      }
      made = URL.createObjectURL(content);
      this.address = made;
    };
    take().catch((error: unknown) => {
      if (isOpen) this.problem = toMessage(error);
    });
    return () => {
      isOpen = false;
      if (made) URL.revokeObjectURL(made);
      this.content = null;
      this.address = null;
      this.problem = null;
      this.canRetry = true;
    };
  }

  /** The browser could not draw it. */
  refuse(name: string): void {
    this.problem = `The image “${name}” cannot be drawn: its bytes are damaged.`;
  }
}
