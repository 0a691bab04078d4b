import type { OutputHandle } from '../../model/handles.ts';
import type { InputDefinition, OutputDefinition } from '../manifests/parse-manifest.ts';
import type { YamlValue } from '../yaml/yaml-value.ts';
import { toSchema } from './overrides.ts';

/** An input as a task or a node declares it. */
export interface DeclaredInput {
  readonly definition: InputDefinition & { readonly handle: string };
  readonly isAdditional: boolean;
}

/** The handles of a task with those that a node adds to it, and the names that it is not allowed to add. */
export interface DeclaredHandles<Declared> {
  readonly handles: readonly Declared[];
  readonly refused: readonly string[];
}

type Definition = InputDefinition | OutputDefinition;

/**
 * The inputs of a task with those that a node adds, which only a task with `additional_inputs` lets it; headings of the
 * editor's form are left out, and so are handles without a name.
 */
export function declareInputs(
  own: readonly InputDefinition[] | null | undefined,
  added: readonly InputDefinition[] | null | undefined,
  allowsMore: YamlValue | undefined,
): DeclaredHandles<DeclaredInput> {
  return declare(own, added, allowsMore, (definition, handle, isAdditional) => ({
    definition: { ...definition, handle },
    isAdditional,
  }));
}

/** As `declareInputs`, for `additional_outputs`. */
export function declareOutputs(
  own: readonly OutputDefinition[] | null | undefined,
  added: readonly OutputDefinition[] | null | undefined,
  allowsMore: YamlValue | undefined,
  translate: (text: string) => string,
): DeclaredHandles<OutputHandle> {
  return declare(own, added, allowsMore, (definition, handle, isAdditional) => ({
    name: handle,
    description: translate(definition.description ?? ''),
    schema: toSchema(definition.json_schema),
    isNullable: definition.nullable === true,
    isAdditional,
  }));
}

function declare<Kind extends Definition, Declared>(
  own: readonly Kind[] | null | undefined,
  added: readonly Kind[] | null | undefined,
  allowsMore: YamlValue | undefined,
  build: (definition: Kind, handle: string, isAdditional: boolean) => Declared,
): DeclaredHandles<Declared> {
  const handles = new Map<string, Declared>();
  for (const definition of own ?? []) {
    const { handle } = definition;
    if (handle !== undefined && handle !== '') handles.set(handle, build(definition, handle, false));
  }
  const refused: string[] = [];
  for (const definition of added ?? []) {
    const { handle } = definition;
    if (handle === undefined || handle === '' || handles.has(handle)) continue;
    if (allowsMore === undefined || allowsMore === null || allowsMore === false) refused.push(handle);
    else handles.set(handle, build(definition, handle, true));
  }
  return { handles: [...handles.values()], refused };
}
