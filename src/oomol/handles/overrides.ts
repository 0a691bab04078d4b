import { handleMediaTypes, type JsonSchema, type JsonValue } from '../../model/handles.ts';
import type { InputSource } from '../manifests/parse-manifest.ts';
import {
  isYamlList,
  isYamlRecord,
  toJsonValue,
  type YamlRecord,
  type YamlValue,
} from '../yaml/yaml-value.ts';
import { YamlNumber } from '../yaml/YamlNumber.ts';

/** The schema of a handle as it was written; one that allows every value where none was. */
export function toSchema(value: YamlValue | undefined): JsonSchema {
  if (value === false) return { not: {} };
  return value !== undefined && isYamlRecord(value) ? toSchemaRecord(value) : {};
}

/**
 * The schema with what a node says over it. OOCANA heeds what makes parts secret; the rest tells the editor of the
 * type of a typed value, so it holds here where nothing is connected.
 */
export function applyOverrides(schema: JsonSchema, source: InputSource | undefined): JsonSchema {
  const isConnected = (source?.from_node ?? []).length > 0;
  return (source?.schema_overrides ?? []).reduce<JsonSchema>((changed, { path, schema: override }) => {
    if (!override) return changed;
    const isSecret = override['contentMediaType'] === handleMediaTypes.secret;
    if (isConnected && !isSecret) return changed;
    return mergeAt(changed, toSteps(path), toSchemaRecord(override));
  }, schema);
}

function toSchemaRecord(record: YamlRecord): JsonSchema {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, toJsonValue(value)]));
}

/** A path is a name, an index, or a list of both; without one the whole value is meant. */
function toSteps(path: YamlValue | undefined): readonly (string | number)[] {
  if (isYamlList(path)) return path.flatMap((step) => toSteps(step));
  if (path instanceof YamlNumber) return [Number(path.text)];
  return typeof path === 'string' ? [path] : [];
}

/**
 * A schema has one `items` for all entries of a list, so that what is said of one holds for each. A value with parts is an
 * object or a list, whatever type the schema asks for: OOCANA does not check that, so that flows with both exist.
 */
function mergeAt(schema: JsonSchema, steps: readonly (string | number)[], override: JsonSchema): JsonSchema {
  const [step, ...rest] = steps;
  if (step === undefined) return { ...schema, ...override };
  if (typeof step === 'number') {
    const items = mergeAt(asSchema(schema['items']), rest, override);
    return { ...withType(schema, 'array'), items };
  }
  const properties = asSchema(schema['properties']);
  const changed = mergeAt(asSchema(properties[step]), rest, override);
  return {
    ...withType(schema, 'object'),
    properties: Object.fromEntries([...Object.entries(properties), [step, changed]]),
  };
}

/** The schema without its type where that leaves no room for the other. */
function withType({ type, ...schema }: JsonSchema, needed: string): JsonSchema {
  const allowed = Array.isArray(type) ? type : [type];
  return type === undefined || !allowed.includes(needed) ? schema : { type, ...schema };
}

/** What stands where a schema is expected; an empty one where none does. */
export function asSchema(value: JsonValue | undefined): JsonSchema {
  return isSchema(value) ? value : {};
}

function isSchema(value: JsonValue | undefined): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
