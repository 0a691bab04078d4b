import type { FindSchema, SchemaId } from '../../model/data-schema.ts';
import { listFeeding } from '../../model/compare-contents.ts';
import type { Cycles } from '../../model/cycles.ts';
import { getHandleKind, type InputHandle, type OutputHandle } from '../../model/handles.ts';
import type { LessonContent } from '../../model/lesson.ts';
import { saveModeNames, type ModelConfiguration } from '../../model/model-configuration.ts';
import { takesInputs, type Cell } from '../../model/notebook.ts';
import { shortenHash } from '../../ui/format.ts';
import { describeContent } from '../describe-content.ts';

/** What is set of a cell beside what is written in it, a line each, in words that its forms have, too. */
export function describeCell(cell: Cell, content: LessonContent, findSchema: FindSchema): string[] {
  const titles = new Map(content.cells.map(({ id, title }) => [id, title]));
  const taken = listFeeding(content, cell.id).map(
    ({ from, to }) =>
      `Input “${to.handle}” takes “${from.handle}” of “${titles.get(from.cellId) ?? 'a cell that is gone'}”`,
  );
  const inputs = takesInputs(cell) ? cell.inputs.flatMap(describeInput) : [];
  return [`Title: ${cell.title}`, ...describeKind(cell, findSchema), ...inputs, ...taken.sort()];
}

/** What belongs to no cell: packages and files. */
export function describeBesides({ requirements, wheels, files }: LessonContent): string[] {
  return [
    ...requirements.split('\n').flatMap((line) => (line.trim() === '' ? [] : [`Package: ${line.trim()}`])),
    ...wheels.map(({ fileName, blob }) => `Wheel: ${fileName} (${shortenHash(blob)})`),
    ...files.map(({ path, blob }) => `File: ${path} (${shortenHash(blob)})`),
  ];
}

function describeKind(cell: Cell, findSchema: FindSchema): string[] {
  switch (cell.kind) {
    case 'data-generator': {
      const { timeoutSeconds, generateEmptyDataset, manualTypes, models } = cell.configuration;
      return [
        describeTimeout(timeoutSeconds),
        `Generate Empty Dataset Output: ${describeSwitch(generateEmptyDataset)}`,
        ...manualTypes.map((row) => `Manual TI of “${row.column}”: ${row.scale}, ${row.representation}`),
        ...describeModels(models),
      ];
    }
    case 'statement': {
      const { configuration } = cell;
      const nameSchema = (id: SchemaId | null): string =>
        id === null ? 'none' : (findSchema(id)?.name ?? 'one that is gone');
      return [
        `Runs: ${configuration.isBulk ? 'in bulk' : 'row by row'}`,
        `Input schema: ${nameSchema(configuration.inputSchema)}`,
        `Output schema: ${nameSchema(configuration.outputSchema)}`,
        `Append to previous output: ${describeSwitch(configuration.isAppending)}`,
        `Data checkpoint column: ${configuration.checkpointColumn ?? 'none'}`,
        `Cycles at one press on Run: ${describeCycles(configuration.cycles)}`,
        `Debug script: ${describeSwitch(configuration.isDebugged)}`,
        describeTimeout(configuration.timeoutSeconds),
      ];
    }
    case 'scriptlet':
      return [
        ...(cell.description === '' ? [] : [`Description: ${cell.description}`]),
        describeTimeout(cell.configuration.timeoutSeconds),
        ...cell.outputs.map((output) => `Output ${describeHandle(output)}`),
      ];
    case 'dataset':
      return cell.content
        ? [`Data: ${describeContent(cell)} (${shortenHash(cell.content.table.blob)})`]
        : ['Data: none yet'];
    case 'chart':
    case 'note':
      return [];
  }
}

function describeInput(input: InputHandle): string[] {
  const { name, value, defaultValue } = input;
  // A secret is shown nowhere.
  const isSecret = getHandleKind(input) === 'secret' || value?.kind === 'secret';
  const hide = (text: string): string => (isSecret ? 'a secret' : text);
  const given = value && (value.kind === 'dataset' ? `the dataset “${value.title}”` : hide(value.text));
  return [
    `Input ${describeHandle(input)}`,
    ...(defaultValue === null ? [] : [`Default of “${name}”: ${hide(defaultValue)}`]),
    ...(given === null ? [] : [`Value of “${name}”: ${given}`]),
  ];
}

function describeHandle({ name, description, schema, isNullable }: OutputHandle): string {
  const type = Object.keys(schema).length === 0 ? '' : ` ${JSON.stringify(schema)}`;
  const rest = [...(isNullable ? ['may be null'] : []), ...(description === '' ? [] : [description])];
  return `“${name}”${type}${rest.length === 0 ? '' : `, ${rest.join(', ')}`}`;
}

function describeModels({ load, loadGroups, save, saveGroups }: ModelConfiguration): string[] {
  return [
    ...load.map(
      ({ name, version }) => `Loads “${name}”, ${version === null ? 'newest' : `version ${version}`}`,
    ),
    ...loadGroups.map((name) => `Loads the group “${name}”`),
    ...save.map(({ name, mode }) => `Saves “${name}”: ${saveModeNames[mode]}`),
    ...saveGroups.map(({ name, models }) => `Saves the group “${name}”: ${models.join(', ')}`),
  ];
}

function describeCycles(cycles: Cycles): string {
  switch (cycles.type) {
    case 'once':
      return 'one';
    case 'times':
      return String(cycles.count);
    case 'until-empty':
      return 'until there are no rows';
    case 'interval':
      return `again ${cycles.seconds} s after each`;
  }
}

function describeTimeout(seconds: number): string {
  return `Timeout for Script Execution: ${seconds} s`;
}

function describeSwitch(isOn: boolean): string {
  return isOn ? 'on' : 'off';
}
