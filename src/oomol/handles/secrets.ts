import { handleMediaTypes, type JsonSchema } from '../../model/handles.ts';
import { isYamlList, isYamlRecord, type YamlValue } from '../yaml/yaml-value.ts';
import { asSchema } from './overrides.ts';

/** A value without the secrets of another computer, and where they were: paths such as `keys.first` and `keys[0]`. */
export interface BlankedValue {
  readonly value: YamlValue;
  readonly blanked: readonly string[];
}

export function isSecret(schema: JsonSchema): boolean {
  return schema['contentMediaType'] === handleMediaTypes.secret;
}

/** OOMOL keeps secrets apart and writes where in its store one is found: kind, name and key. */
function isSecretReference(text: string): boolean {
  return /^[^,\n]+,[^,\n]+,[^,\n]+$/.test(text);
}

/** Empties the references to secrets that the schema says are in a value. */
export function blankSecrets(value: YamlValue, schema: JsonSchema, path = ''): BlankedValue {
  if (isSecret(schema) && typeof value === 'string' && isSecretReference(value)) {
    return { value: '', blanked: [path] };
  }
  if (isYamlList(value)) {
    const entries = value.map((entry, index) =>
      blankSecrets(entry, asSchema(schema['items']), `${path}[${index}]`),
    );
    return { value: entries.map((entry) => entry.value), blanked: entries.flatMap(({ blanked }) => blanked) };
  }
  if (!isYamlRecord(value)) return { value, blanked: [] };
  const properties = asSchema(schema['properties']);
  const members = Object.entries(value).map(([name, member]) => {
    const place = path === '' ? name : `${path}.${name}`;
    return [name, blankSecrets(member, asSchema(properties[name]), place)] as const;
  });
  return {
    value: Object.fromEntries(members.map(([name, member]) => [name, member.value])),
    blanked: members.flatMap(([, member]) => member.blanked),
  };
}
