import Papa from 'papaparse';
import type { DatasetBuffers } from '../../model/dataset.ts';
import { makeTextColumn } from './text-columns.ts';

/**
 * Reads CSV whose first line names the columns; what parts its fields is found out. Lines may be of different lengths:
 * fields beyond the last name are columns without one.
 */
export function readCsv(text: string): DatasetBuffers {
  const { data } = Papa.parse<string[]>(text.replace(/^\ufeff/, ''), { header: false, skipEmptyLines: true });
  const [names = [], ...rows] = data;
  const columnCount = data.reduce((most, row) => Math.max(most, row.length), 0);
  const columns = Array.from({ length: columnCount }, (_, column) =>
    makeTextColumn(
      names[column] ?? '',
      rows.map((row) => row[column] ?? ''),
    ),
  );
  return { rowCount: rows.length, columns };
}
