export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How an image is looked at, whatever its size and that of the stage that it is shown on. */
export interface ImageView {
  /** Pixels of the page for one of the image; null while all of it is to be seen. */
  readonly scale: number | null;
  /** What lies in the middle of the stage, in parts of the image from 0 to 1. */
  readonly middle: Point;
}

export const wholeImage: ImageView = { scale: null, middle: { x: 0.5, y: 0.5 } };

/** Steps of the buttons and keys. */
export const scaleSteps: readonly number[] = [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32];
const smallest = 0.02;
const largest = 32;

/** The scale at which all of an image is seen, and never more than its own size. */
export function fitScale(stage: Size, image: Size): number {
  if (image.width <= 0 || image.height <= 0) return 1;
  return Math.min(1, stage.width / image.width, stage.height / image.height);
}

export function getScale({ scale }: ImageView, stage: Size, image: Size): number {
  return scale ?? fitScale(stage, image);
}

/** Where the image lies on the stage: in the middle where there is room, else without a gap at its edges. */
export function placeImage(view: ImageView, stage: Size, image: Size): Size & Point {
  const scale = getScale(view, stage, image);
  const place = (room: number, length: number, middle: number): number =>
    length <= room ? (room - length) / 2 : clamp(room / 2 - middle * length, room - length, 0);
  const width = image.width * scale;
  const height = image.height * scale;
  return {
    x: place(stage.width, width, view.middle.x),
    y: place(stage.height, height, view.middle.y),
    width,
    height,
  };
}

/** The view at another scale, in which what lies under a point of the stage stays there as far as it can. */
export function zoomAt(view: ImageView, scale: number, point: Point, stage: Size, image: Size): ImageView {
  const bounded = clamp(scale, Math.min(smallest, fitScale(stage, image)), largest);
  const before = placeImage(view, stage, image);
  const move = (at: number, start: number, length: number, room: number): number => {
    if (length <= 0) return 0.5;
    const part = (at - start) / length;
    const longer = (length * bounded) / getScale(view, stage, image);
    return clamp(part + (room / 2 - at) / longer, 0, 1);
  };
  return {
    scale: bounded,
    middle: {
      x: move(point.x, before.x, before.width, stage.width),
      y: move(point.y, before.y, before.height, stage.height),
    },
  };
}

/** The view after the image was moved by so many pixels of the page. */
export function panBy(view: ImageView, by: Point, stage: Size, image: Size): ImageView {
  const { x, y, width, height } = placeImage(view, stage, image);
  const move = (start: number, length: number, room: number): number =>
    length <= room ? 0.5 : clamp((room / 2 - start) / length, room / 2 / length, 1 - room / 2 / length);
  return {
    ...view,
    middle: { x: move(x + by.x, width, stage.width), y: move(y + by.y, height, stage.height) },
  };
}

/** The next step up or down from a scale; null where there is none. */
export function findStep(scale: number, direction: 1 | -1): number | null {
  const next =
    direction === 1
      ? scaleSteps.find((step) => step > scale * 1.01)
      : scaleSteps.findLast((step) => step < scale * 0.99);
  return next ?? null;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
