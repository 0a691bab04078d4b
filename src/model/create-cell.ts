import { assertNever } from '../shared/assert-never.ts';
import { chartInput } from './chart-cell.ts';
import { standardGenerating, type DataGeneratorCell } from './data-generator.ts';
import { CellId } from './ids.ts';
import { timeoutLimits, type Cell, type CellKind } from './notebook.ts';
import type { ScriptletCell } from './scriptlet.ts';
import { statementInput, type StatementCell } from './statement.ts';

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

/** The script that a new Scriptlet starts with. */
const scriptletSample = `from oocana import Context


def main(params: dict, context: Context):
    # Each input is a key of params.
    text = params["text"]
    words = text.split()

    # What is previewed appears under "Previews".
    note = f"**{len(words)}** words in *{text}*"
    context.preview({"type": "markdown", "data": note})

    # Each key goes out through the output of that name.
    return {"words": words}`;

/** The statement that a new Statement starts with. */
const statementSample = `import datetime

# The rows that come in: one at a time, in bulk all of them.
log.info(f"{len(INPUT_DATA)} rows")

# What is returned fits the output schema.
now = datetime.datetime.now()
return [{"id": number, "at": now} for number in range(1, 4)]`;

/** The specification that a new Chart starts with: a form makes it one of the dataset. */
const chartSample = `{
  "$schema": "https://vega.github.io/schema/vega-lite/v6.json"
}`;

/** A new cell; a processor has working sample code. */
export function createCell(kind: CellKind, title: string): Cell {
  switch (kind) {
    case 'data-generator':
      return createDataGenerator(title);
    case 'scriptlet':
      return createScriptlet(title);
    case 'statement':
      return createStatement(title);
    case 'dataset':
      return { kind, id: CellId.create(), title, content: null };
    case 'chart':
      return { kind, id: CellId.create(), title, source: chartSample, inputs: [chartInput] };
    case 'note':
      return { kind, id: CellId.create(), title, source: '' };
    default:
      return assertNever(kind);
  }
}

export function createDataGenerator(title: string): DataGeneratorCell {
  return {
    kind: 'data-generator',
    id: CellId.create(),
    title,
    source: dataGeneratorSample,
    configuration: { timeoutSeconds: timeoutLimits.standard, ...standardGenerating },
  };
}

function createScriptlet(title: string): ScriptletCell {
  return {
    kind: 'scriptlet',
    id: CellId.create(),
    title,
    description: '',
    source: scriptletSample,
    inputs: [
      {
        name: 'text',
        description: 'What is to be counted',
        schema: { type: 'string' },
        isNullable: false,
        isAdditional: false,
        defaultValue: JSON.stringify('Two plus two is four'),
        value: null,
      },
    ],
    outputs: [
      {
        name: 'words',
        description: 'The words in their order',
        schema: { type: 'array', items: { type: 'string' } },
        isNullable: false,
        isAdditional: false,
      },
    ],
    configuration: { timeoutSeconds: timeoutLimits.standard },
    flowNode: null,
  };
}

export function createStatement(title: string): StatementCell {
  return {
    kind: 'statement',
    id: CellId.create(),
    title,
    source: statementSample,
    inputs: [statementInput],
    configuration: {
      timeoutSeconds: timeoutLimits.standard,
      isBulk: false,
      isDebugged: false,
      inputSchema: null,
      outputSchema: null,
      checkpointColumn: null,
      isAppending: false,
      cycles: { type: 'once' },
    },
  };
}
