import type { ChartTable } from '../../../model/chart/chart-data.ts';
import type { ChartTheme } from './chart-theme.ts';

/** What a picture of a chart is saved as. */
export type PictureFormat = 'svg' | 'png';

/** What the page tells the frame of a chart. */
export type ChartCommand =
  | { readonly type: 'run'; readonly library: string }
  | {
      readonly type: 'draw';
      /** Told again with what comes of it. */
      readonly drawing: number;
      /** JSON. */
      readonly text: string;
      readonly theme: ChartTheme;
      /** What the chart is called where it says nothing of that. */
      readonly label: string;
      /** The rows of its source “data”; null where it has all of its data in itself. */
      readonly table: ChartTable | null;
    }
  | {
      readonly type: 'save';
      /** Told again with the picture. */
      readonly request: number;
      readonly format: PictureFormat;
      /** Pixels of the picture for each of the page, in both directions. */
      readonly scale: number;
    };
