/** So much of a file says how large its image is, but for JPEGs that hold a large picture of themselves before that. */
const headerBytes = 256 * 1024;

/** In pixels. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** How large the image of a file is, as its header says, before it is drawn; null where that is not known here. */
export async function measureImage(content: Blob): Promise<PixelSize | null> {
  const header = new DataView(await content.slice(0, headerBytes).arrayBuffer());
  return measurePng(header) ?? measureJpeg(header) ?? measureGif(header);
}

function measurePng(header: DataView): PixelSize | null {
  const isPng = header.byteLength >= 24 && header.getUint32(0) === 0x89504e47;
  return isPng ? { width: header.getUint32(16), height: header.getUint32(20) } : null;
}

function measureGif(header: DataView): PixelSize | null {
  const isGif = header.byteLength >= 10 && header.getUint32(0) === 0x47494638;
  return isGif ? { width: header.getUint16(6, true), height: header.getUint16(8, true) } : null;
}

/** Goes from segment to segment up to the one that begins a frame. https://www.w3.org/Graphics/JPEG/itu-t81.pdf, B.2.2 */
function measureJpeg(header: DataView): PixelSize | null {
  if (header.byteLength < 4 || header.getUint16(0) !== 0xffd8) return null;
  let place = 2;
  while (place + 9 <= header.byteLength) {
    const marker = header.getUint16(place);
    if (marker < 0xff00) return null;
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) return { width: header.getUint16(place + 7), height: header.getUint16(place + 5) };
    place += 2 + header.getUint16(place + 2);
  }
  return null;
}
