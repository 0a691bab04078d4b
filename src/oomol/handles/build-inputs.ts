import type { InputHandle, InputValue, JsonSchema } from '../../model/handles.ts';
import type { ImportNotes } from '../ImportNotes.ts';
import type { InputSource } from '../manifests/parse-manifest.ts';
import type { ProjectFiles } from '../sources/ProjectFiles.ts';
import { toJsonText, type YamlValue } from '../yaml/yaml-value.ts';
import { bringFiles, type BroughtValue } from './bring-files.ts';
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
    const isConnected = (source?.from_node ?? []).length > 0;
    return buildInput(
      one,
      schema,
      { standard: one.definition.value, set: source?.value, isConnected },
      place,
    );
  });
}

/** The inputs of a value node's cell: it sets its values where tasks have their defaults. */
export function buildValueInputs(declared: readonly DeclaredInput[], place: NodePlace): InputHandle[] {
  return declared.map((one) => {
    const schema = toSchema(one.definition.json_schema);
    return buildInput(
      one,
      schema,
      { standard: undefined, set: one.definition.value, isConnected: false },
      place,
    );
  });
}

interface InputValues {
  readonly standard: YamlValue | undefined;
  readonly set: YamlValue | undefined;
  readonly isConnected: boolean;
}

function buildInput(
  { definition, isAdditional }: DeclaredInput,
  schema: JsonSchema,
  { standard, set, isConnected }: InputValues,
  place: NodePlace,
): InputHandle {
  const name = definition.handle;
  const isDefaultTaken = set === undefined && !isConnected;
  return {
    name,
    description: place.translate(definition.description ?? ''),
    schema,
    isNullable: definition.nullable === true,
    isAdditional,
    defaultValue: toDefault(standard, schema, { name, isTaken: isDefaultTaken }, place),
    value: toValue(set, schema, name, place),
  };
}

/**
 * A default is kept with the notebook for everybody to read, so that one that is secret is left out. Its foreign paths
 * are noted where it is taken, as nothing else gives the input a value.
 */
function toDefault(
  value: YamlValue | undefined,
  schema: JsonSchema,
  { name, isTaken }: { readonly name: string; readonly isTaken: boolean },
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
  const kept = bringFiles(blank(value, schema, name, place), place.projectFiles);
  if (isTaken) noteForeignPaths(kept, { name, what: `The default of the input "${name}"` }, place);
  return toJsonText(kept.value);
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
  const kept = bringFiles(blank(value, schema, name, place), place.projectFiles);
  noteForeignPaths(kept, { name, what: `The input "${name}"` }, place);
  return { kind: 'json', text: toJsonText(kept.value) };
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

/** A list may name many: as many as these are told by name. */
const mostNamed = 5;

function noteForeignPaths(
  { value, foreignPaths }: BroughtValue,
  { name, what }: { readonly name: string; readonly what: string },
  { nodeId, file, notes }: NodePlace,
): void {
  const [first] = foreignPaths;
  if (first === undefined) return;
  if (foreignPaths.length === 1) {
    const has = typeof value === 'string' ? 'is' : 'holds';
    notes.add({
      nodeId,
      file,
      what: `${what} ${has} the path ${first}, which is a folder of OOMOL and not there in this notebook.`,
      remedy: `Add the file to the notebook, and put its path into "${name}".`,
    });
    return;
  }
  const more = foreignPaths.length - mostNamed;
  const named = [...foreignPaths.slice(0, mostNamed), ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
  notes.add({
    nodeId,
    file,
    what: `${what} holds the paths ${named}, which are folders of OOMOL and not there in this notebook.`,
    remedy: `Add the files to the notebook, and put their paths into "${name}".`,
  });
}
