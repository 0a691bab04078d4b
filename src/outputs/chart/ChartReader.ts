import type { ChartSource } from '../../data/TableSource.ts';
import type { ChartQuery, ChartRows } from '../../model/chart/chart-data.ts';
import type { ChartDataset } from '../../model/chart/chart-input.ts';
import { listTableFiles } from '../../model/outputs.ts';

interface OpenTable {
  readonly key: string;
  readonly source: Promise<ChartSource>;
}

/** Reads what a chart draws of a dataset, and keeps that open and at hand for as long as it is the same one. */
export class ChartReader {
  readonly #open: (dataset: ChartDataset) => Promise<ChartSource>;
  #table: OpenTable | null = null;
  #last: { readonly key: string; readonly rows: ChartRows } | null = null;

  /** `open` opens a dataset, which is closed here. */
  constructor(open: (dataset: ChartDataset) => Promise<ChartSource>) {
    this.#open = open;
  }

  async read(dataset: ChartDataset, query: ChartQuery, signal: AbortSignal): Promise<ChartRows> {
    const table = this.#find(dataset);
    const key = JSON.stringify([table.key, query]);
    if (this.#last?.key === key) return this.#last.rows;
    const rows = await (await table.source).readChartData(query, signal);
    if (this.#table === table) this.#last = { key, rows };
    return rows;
  }

  close(): void {
    this.#table?.source.then(
      (source) => {
        source.close();
      },
      () => undefined,
    );
    this.#table = null;
    this.#last = null;
  }

  #find(dataset: ChartDataset): OpenTable {
    const key = listTableFiles(dataset)
      .map(({ blob }) => blob)
      .join();
    if (this.#table?.key === key) return this.#table;
    this.close();
    const table: OpenTable = { key, source: this.#open(dataset) };
    this.#table = table;
    // The next one tries anew.
    table.source.catch(() => {
      if (this.#table === table) this.#table = null;
    });
    return table;
  }
}
