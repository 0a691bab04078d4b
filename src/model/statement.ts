import type { Cycles } from './cycles.ts';
import type { SchemaId } from './data-schema.ts';
import type { InputHandle, OutputHandle } from './handles.ts';
import type { CellId } from './ids.ts';
import type { Notebook } from './notebook.ts';

/** How a Statement is run. */
export interface StatementConfiguration {
  /** Whole seconds from the handing over to Python until the job is stopped. */
  readonly timeoutSeconds: number;
  /** The statement gets all rows of its input at once; else it runs once for each. */
  readonly isBulk: boolean;
  /** The log shows the input, the output and the time of each row. */
  readonly isDebugged: boolean;
  /** What the rows that come in hold; null where any may. */
  readonly inputSchema: SchemaId | null;
  /** What the rows hold that are returned; without one the cell does not run. */
  readonly outputSchema: SchemaId | null;
  /** The field of the output schema whose last value is kept for the next job; null where none is. */
  readonly checkpointColumn: string | null;
  /** Rows are added to those that the cell put out before, instead of taking their place. */
  readonly isAppending: boolean;
  readonly cycles: Cycles;
}

/** A cell that is the body of an async function, and turns rows into rows. */
export interface StatementCell {
  readonly kind: 'statement';
  readonly id: CellId;
  readonly title: string;
  /** The statement, as typed. */
  readonly source: string;
  /** The one input, whose rows are `INPUT_DATA`. */
  readonly inputs: readonly [InputHandle];
  readonly configuration: StatementConfiguration;
}

/** The input of a new Statement, which takes a dataset or a list of objects, or nothing. */
export const statementInput: InputHandle = {
  name: 'input',
  description: 'The rows that are INPUT_DATA',
  schema: {},
  isNullable: true,
  isAdditional: false,
  defaultValue: null,
  value: null,
};

/** What every Statement puts out: a dataset. */
export const statementOutput: OutputHandle = {
  name: 'output',
  description: 'The rows that are returned',
  schema: {},
  isNullable: false,
  isAdditional: false,
};

/** A Statement that a data schema is used by, and for what. */
export interface SchemaUse {
  readonly notebook: Notebook;
  readonly cell: StatementCell;
  readonly side: 'input' | 'output';
}

/** Where a data schema is used, in the order of notebooks and cells. */
export function listSchemaUses(notebooks: readonly Notebook[], id: SchemaId): SchemaUse[] {
  return notebooks.flatMap((notebook) =>
    notebook.cells.flatMap((cell) => {
      if (cell.kind !== 'statement') return [];
      const { inputSchema, outputSchema } = cell.configuration;
      return [
        ...(inputSchema === id ? [{ notebook, cell, side: 'input' as const }] : []),
        ...(outputSchema === id ? [{ notebook, cell, side: 'output' as const }] : []),
      ];
    }),
  );
}
