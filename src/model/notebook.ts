import { CellId, type BlobHash, type NotebookId, type WorkspaceId } from './ids.ts';
import type { WheelContent } from './wheels/read-wheel.ts';

/** How a Data Generator is run. */
export interface DataGeneratorConfiguration {
  /** Whole seconds from the handing over to Python until the job is stopped. */
  readonly timeoutSeconds: number;
  /** Put out an empty dataset where the script adds none, instead of failing. */
  readonly generateEmptyDataset: boolean;
}

/** A cell that makes datasets and images with a Python script. */
export interface DataGeneratorCell {
  readonly kind: 'data-generator';
  readonly id: CellId;
  readonly title: string;
  /** The Python script, as typed. */
  readonly source: string;
  readonly configuration: DataGeneratorConfiguration;
}

/** What a person wrote; what its runs did is kept apart, in jobs. */
export type Cell = DataGeneratorCell;

/** A wheel that was added to a notebook as a file. */
export interface NotebookWheel extends WheelContent {
  readonly fileName: string;
  readonly byteSize: number;
  readonly blob: BlobHash;
}

/** An ordered list of cells. Times are milliseconds since 1970. */
export interface Notebook {
  readonly id: NotebookId;
  readonly workspaceId: WorkspaceId;
  readonly title: string;
  readonly cells: readonly Cell[];
  /** The list of packages from the Python Package Index, as typed; `parseRequirements` reads it. */
  readonly requirements: string;
  /** No two of the same package. */
  readonly wheels: readonly NotebookWheel[];
  readonly createdAt: number;
  readonly changedAt: number;
  /** When it was put into the trash; null while it is in use. */
  readonly deletedAt: number | null;
}

export const timeoutLimits = { minimum: 1, maximum: 86_400, standard: 300 } as const;

/** The script that a new Data Generator starts with. */
const dataGeneratorSample = `from datetime import datetime, timedelta

import pandas as pd
from onelogic.odpf import ImageType

# Double a few numbers and note a time for each.
start = datetime(2026, 1, 5, 9, 0)
numbers = [10, 20, 30, 40, 50]
df = pd.DataFrame({
    "x": [2 * number for number in numbers],
    "y": numbers,
    "timestamp": [start + timedelta(hours=step) for step in range(5)],
})

# The dataset appears under "Result Table".
od_output.add_data("output", df)

# The plot appears under "Image List".
try:
    axes = df.plot.bar(x="x", y="y", rot=0)
    od_output.add_image("bar_chart", ImageType.PNG, axes.get_figure())
except ImportError as reason:
    print("No plot this time:", reason)`;

/** A new Data Generator with working sample code. */
export function createDataGenerator(title: string): DataGeneratorCell {
  return {
    kind: 'data-generator',
    id: CellId.create(),
    title,
    source: dataGeneratorSample,
    configuration: { timeoutSeconds: timeoutLimits.standard, generateEmptyDataset: false },
  };
}

/** A title that none of `taken` has: the wanted one, else with the next free number behind it. */
export function createFreeTitle(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted;
  let number = 2;
  while (taken.includes(`${wanted} ${number}`)) number += 1;
  return `${wanted} ${number}`;
}

export function findCell(notebook: Notebook, cellId: CellId): Cell | undefined {
  return notebook.cells.find((cell) => cell.id === cellId);
}

/** A copy with ids of its own; the cells keep their order and content. */
export function duplicateNotebook(notebook: Notebook, id: NotebookId, title: string, now: number): Notebook {
  return {
    ...notebook,
    id,
    title,
    cells: notebook.cells.map((cell) => ({ ...cell, id: CellId.create() })),
    createdAt: now,
    changedAt: now,
    deletedAt: null,
  };
}
