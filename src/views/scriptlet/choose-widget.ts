import { getHandleKind, type JsonSchema } from '../../model/handles.ts';

/** What a value is given with; `none` where no person can give one. */
export type Widget = 'text' | 'number' | 'switch' | 'choice' | 'json' | 'secret' | 'none';

/** The widget for values of a schema. */
export function chooseWidget(schema: JsonSchema): Widget {
  const kind = getHandleKind({ schema });
  if (kind === 'secret') return 'secret';
  if (kind !== 'json') return 'none';
  if (Array.isArray(schema['enum'])) return 'choice';
  switch (schema['type']) {
    case 'string':
      return 'text';
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
      return 'switch';
    default:
      return 'json';
  }
}
