import { findFirst } from '../../model/chart/chart-views.ts';
import { findUnknownFields } from '../../model/chart/find-unknown-fields.ts';
import { parseSpecification } from '../../model/chart/parse-specification.ts';
import type { TreeProblem } from './check-tree.ts';
import type { JsonNode } from './json-tree.ts';

/** Where a specification reads fields that its dataset does not have; nothing where no dataset is known. */
export function checkColumns(text: string, root: JsonNode, columns: readonly string[] | null): TreeProblem[] {
  const parsed = parseSpecification(text);
  if (!columns || !parsed.isOk) return [];
  const unknown = findUnknownFields(parsed.value, columns);
  return unknown.flatMap(({ field, message }) => {
    const place = findText(root, field);
    return place ? [{ start: place.start, end: place.end, message }] : [];
  });
}

/** Properties whose texts name fields: `field` itself, and where views are repeated. */
const fieldNames: readonly (string | null)[] = ['field', 'repeat', 'row', 'column', 'layer'];

/** Where a field stands first; rows of the specification's own are not looked through. */
function findText(node: JsonNode | null, field: string, name: string | null = null): JsonNode | null {
  if (node === null || name === 'values' || name === 'datasets') return null;
  if (node.kind === 'string') return node.value === field && fieldNames.includes(name) ? node : null;
  if (node.kind === 'array') return findFirst(node.items, (item) => findText(item, field, name));
  if (node.kind !== 'object') return null;
  return findFirst(node.properties, (property) => findText(property.value, field, property.name));
}
