/** A column of a dataset, or of what was made of one, as a chart reads it. All columns of a chart are of one length. */
export type ChartColumn =
  | {
      readonly kind: 'numbers';
      readonly name: string;
      readonly length: number;
      /** Times are milliseconds since 1970. */
      readonly values: Float64Array<ArrayBuffer>;
      /** One byte a row, not 0 for null; null where no value is. */
      readonly nulls: Uint8Array<ArrayBuffer> | null;
    }
  | {
      readonly kind: 'words';
      readonly name: string;
      readonly length: number;
      /** Each value once. */
      readonly words: readonly (string | boolean)[];
      /** For each row the index of its value; −1 for null. */
      readonly codes: Int32Array<ArrayBuffer>;
    };
