import { readMedia } from '../media/read-media.ts';
import type { PreviewReader } from '../PreviewReader.ts';
import { toMessage } from '../../../shared/to-message.ts';
import { remoteAttribute } from './render-markdown.ts';

/** Fetches the images that lie on other hosts; one that does not come says why in its place. Returns what lets go of them. */
export function fetchImages(root: ParentNode, reader: PreviewReader): () => void {
  const addresses: string[] = [];
  let isStopped = false;
  for (const image of root.querySelectorAll(`img[${remoteAttribute}]`)) {
    const url = image.getAttribute(remoteAttribute) ?? '';
    image.removeAttribute(remoteAttribute);
    const say = (reason: string): void => {
      const note = document.createElement('em');
      const name = image.getAttribute('alt') ?? '';
      note.textContent = `[${name === '' ? 'Image' : `Image “${name}”`}: ${reason}]`;
      image.replaceWith(note);
    };
    if (!reader.isTrusted) {
      say('on another host, shown once you trust this notebook');
      continue;
    }
    readMedia({ url }, 'image', reader).then(
      (content) => {
        if (isStopped) return;
        const address = URL.createObjectURL(content);
        addresses.push(address);
        image.setAttribute('src', address);
      },
      (error: unknown) => {
        say(toMessage(error));
      },
    );
  }
  return () => {
    isStopped = true;
    for (const address of addresses) URL.revokeObjectURL(address);
  };
}
