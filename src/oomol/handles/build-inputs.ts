import type { InputHandle, InputValue, JsonSchema } from '../../model/handles.ts';
import type { ImportNotes } from '../ImportNotes.ts';
import type { InputSource } from '../manifests/parse-manifest.ts';
import type { ProjectFiles } from '../sources/ProjectFiles.ts';
import { toJsonText, type YamlValue } from '../yaml/yaml-value.ts';
import type { DeclaredInput } from './define-handles.ts';
import { applyOverrides, toSchema } from './overrides.ts';
import { blankSecrets, isSecret } from './secrets.ts';

/** The node whose handles are built. */
export interface NodePlace {
  readonly nodeId: string;
  /** The flow's path. */
  readonly file: string;
  readonly notes: ImportNotes;
  readonly projectFiles: ProjectFiles;
  /** Puts a text of the package's translations for its key. */
  readonly translate: (text: string) => string;
}

/** The inputs of a task's cell: as declared, with what the node sets. Where a node sets one twice, the first counts. */
export function buildTaskInputs(
  declared: readonly DeclaredInput[],
  sources: readonly InputSource[],
  place: NodePlace,
): InputHandle[] {
  return declared.map((one) => {
    const source = sources.find(({ handle }) => handle === one.definition.handle);
    const schema = applyOverrides(toSchema(one.definition.json_schema), source);
    return buildInput(one, schema, { standard: one.definition.value, set: source?.value }, place);
  });
}

/** The inputs of a value node's cell: it sets its values where tasks have their defaults. */
export function buildValueInputs(declared: readonly DeclaredInput[], place: NodePlace): InputHandle[] {
  return declared.map((one) => {
    const schema = toSchema(one.definition.json_schema);
    return buildInput(one, schema, { standard: undefined, set: one.definition.value }, place);
  });
}

interface InputValues {
  readonly standard: YamlValue | undefined;
  readonly set: YamlValue | undefined;
}

function buildInput(
  { definition, isAdditional }: DeclaredInput,
  schema: JsonSchema,
  { standard, set }: InputValues,
  place: NodePlace,
): InputHandle {
  const name = definition.handle;
  return {
    name,
    description: place.translate(definition.description ?? ''),
    schema,
    isNullable: definition.nullable === true,
    isAdditional,
    defaultValue: toDefault(standard, schema, name, place),
    value: toValue(set, schema, name, place),
  };
}

/** A default is kept with the notebook for everybody to read, so that one that is secret is left out. */
function toDefault(
  value: YamlValue | undefined,
  schema: JsonSchema,
  name: string,
  place: NodePlace,
): string | null {
  if (value === undefined) return null;
  if (isSecret(schema) && value !== null) {
    if (value !== '') {
      const what = `The default of the secret input "${name}" was left out: everybody could read it.`;
      place.notes.add({ nodeId: place.nodeId, file: place.file, what, remedy: `Type it into "${name}".` });
    }
    return null;
  }
  return toJsonText(blank(value, schema, name, place));
}

/** What a node sets an input to; null where it sets nothing, which is not the same as setting it to null. */
function toValue(
  value: YamlValue | undefined,
  schema: JsonSchema,
  name: string,
  place: NodePlace,
): InputValue | null {
  if (value === undefined) return null;
  if (isSecret(schema) && typeof value === 'string') {
    const { value: kept, blanked } = blankSecrets(value, schema);
    if (blanked.length > 0) {
      noteSecrets(place, name, [`"${value}"`]);
    }
    return { kind: 'secret', text: typeof kept === 'string' ? kept : '' };
  }
  const blanked = blank(value, schema, name, place);
  const kept = typeof blanked === 'string' ? (place.projectFiles.take(blanked) ?? blanked) : blanked;
  noteForeignPath(kept, name, place);
  return { kind: 'json', text: toJsonText(kept) };
}

function blank(value: YamlValue, schema: JsonSchema, name: string, place: NodePlace): YamlValue {
  const { value: kept, blanked } = blankSecrets(value, schema);
  if (blanked.length > 0) {
    noteSecrets(place, name, blanked);
  }
  return kept;
}

function noteSecrets({ nodeId, file, notes }: NodePlace, name: string, secrets: readonly string[]): void {
  notes.add({
    nodeId,
    file,
    what: `The input "${name}" came without its secret ${secrets.join(', ')}: OOMOL keeps secrets outside of flows.`,
    remedy: `Type it into "${name}".`,
  });
}

/** Folders of OOMOL's own machine. */
const foreignFolders = /^\/(oomol-driver|app\/workspace|oomol-storage)(\/|$)/;

function noteForeignPath(value: YamlValue, name: string, { nodeId, file, notes }: NodePlace): void {
  if (typeof value !== 'string' || !foreignFolders.test(value)) return;
  notes.add({
    nodeId,
    file,
    what: `The input "${name}" is the path ${value}, which is a folder of OOMOL and not there in this notebook.`,
    remedy: `Add the file to the notebook, and put its path into "${name}".`,
  });
}
