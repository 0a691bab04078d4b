/** How the values of a column can be compared, from least to most. */
export const scales = ['nominal', 'ordinal', 'interval', 'ratio'] as const;

export type Scale = (typeof scales)[number];

/** What the values of a column are kept as; numeric is int where all are whole, else double. */
export const representations = ['string', 'int', 'double', 'datetime', 'numeric'] as const;

export type Representation = (typeof representations)[number];

/** The types that a person gives a column of a Data Generator's datasets. */
export interface ManualType {
  readonly column: string;
  readonly scale: Scale;
  readonly representation: Representation;
}
