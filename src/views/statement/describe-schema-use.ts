import type { SchemaUse } from '../../model/statement.ts';

/** Where a data schema is used: "Statement in Notebook (output)". */
export function describeSchemaUse({ notebook, cell, side }: SchemaUse): string {
  return `${cell.title} in ${notebook.title} (${side})`;
}
