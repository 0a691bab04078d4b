import type { TableSource } from '../../data/TableSource.ts';
import { inferScale } from '../../model/infer-scale.ts';

/** A table of which each column has a scale: the one that it was given, else the one that follows from its type. */
export function withScales(source: TableSource): TableSource {
  const { rowCount, columns } = source.summary;
  return {
    summary: {
      rowCount,
      columns: columns.map((column) => ({ ...column, scale: column.scale ?? inferScale(column.type) })),
    },
    ...(source.hitColumns && { hitColumns: source.hitColumns }),
    readWindow: (rows, range, signal) => source.readWindow(rows, range, signal),
    readCell: (row, column) => source.readCell(row, column),
    query: async (query, work) => withScales(await source.query(query, work)),
    readStatistics: (column, work) => source.readStatistics(column, work),
    exportFile: (request, work) => source.exportFile(request, work),
    close: () => {
      source.close();
    },
  };
}
