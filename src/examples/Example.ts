import type { DataSchema } from '../model/data-schema.ts';
import type { HandlePlace } from '../model/handles.ts';
import type { DataGeneratorCell } from '../model/data-generator.ts';
import type { ScriptletCell } from '../model/scriptlet.ts';
import type { StatementConfiguration } from '../model/statement.ts';

/** A notebook that is shipped with the app: plain data, in which parts know each other by their names. */
export interface Example {
  /** Of the notebook that is made of it. */
  readonly title: string;
  /** Those that its cells use. */
  readonly schemas: readonly ExampleSchema[];
  /** Those that inputs of its cells are given, and that its Datasets hold. */
  readonly datasets: readonly ExampleDataset[];
  /** No two of one title. */
  readonly cells: readonly ExampleCell[];
  readonly connections: readonly ExampleConnection[];
}

export type ExampleSchema = Pick<DataSchema, 'name' | 'description' | 'fields'>;

/** A small table. A column of plain numbers holds numbers, any other texts. */
export interface ExampleDataset {
  readonly name: string;
  /** The first line names the columns. */
  readonly csv: string;
}

export type ExampleCell =
  /** A file ends in a newline; its texts are trimmed at their end. */
  | { readonly kind: 'note' | 'chart'; readonly title: string; readonly source: string }
  /** Names the dataset, whose CSV it holds as a file of that name. */
  | { readonly kind: 'dataset'; readonly title: string; readonly dataset: string }
  | {
      readonly kind: 'data-generator';
      readonly title: string;
      readonly source: string;
      /** What differs from a new cell. */
      readonly configuration?: Partial<DataGeneratorCell['configuration']>;
    }
  | {
      readonly kind: 'statement';
      readonly title: string;
      readonly source: string;
      /** The name of the dataset that is its input; not given where one is connected, or none. */
      readonly dataset?: string;
      /** Names of schemas. */
      readonly inputSchema?: string;
      readonly outputSchema: string;
      /** What differs from a new cell. */
      readonly configuration?: Partial<Omit<StatementConfiguration, 'inputSchema' | 'outputSchema'>>;
    }
  | (Omit<ScriptletCell, 'id' | 'flowNode' | 'configuration'> & {
      /** The names of the datasets that inputs are given, by the names of those. */
      readonly datasets?: Readonly<Record<string, string>>;
      /** What differs from a new cell. */
      readonly configuration?: Partial<ScriptletCell['configuration']>;
    });

/** A place in an example, whose cell goes by its title. */
type ExamplePlace = Pick<HandlePlace, 'handle'> & { readonly cell: string };

export interface ExampleConnection {
  readonly from: ExamplePlace;
  readonly to: ExamplePlace;
}
