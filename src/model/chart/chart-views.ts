import { isObject, type JsonObject } from './json-values.ts';

/** The name of the source that holds the rows of the dataset. */
export const inputName = 'data';

const listsOfViews = ['layer', 'concat', 'hconcat', 'vconcat'] as const;

/**
 * Changes a specification view by view, the inner ones first. `isOfInput` tells whether a view draws the dataset; one that
 * names no data draws that of the view around it.
 */
export function mapViews(
  view: JsonObject,
  change: (view: JsonObject, isOfInput: boolean) => JsonObject,
  isInherited = true,
): JsonObject {
  const isOfInput = drawsInput(view, isInherited);
  const map = (inner: unknown): unknown => (isObject(inner) ? mapViews(inner, change, isOfInput) : inner);
  const mapped: Record<string, unknown> = { ...view };
  for (const name of listsOfViews) {
    const list = view[name];
    if (Array.isArray(list)) mapped[name] = list.map(map);
  }
  if (isObject(view['spec'])) mapped['spec'] = map(view['spec']);
  return change(mapped, isOfInput);
}

/** The views that stand in one, as layers do. */
export function listInnerViews(view: JsonObject): JsonObject[] {
  return [...listsOfViews.map((name) => view[name]), view['spec']].flat().filter(isObject);
}

/** Whether any view of the specification draws the dataset. */
export function readsInput(specification: JsonObject): boolean {
  if (isVega(specification)) return listVegaSources(specification).some(isVegaInput);
  let isRead = false;
  mapViews(specification, (view, isOfInput) => {
    const isDrawn = view['mark'] !== undefined || 'encoding' in view;
    isRead ||= isOfInput && isDrawn;
    return view;
  });
  return isRead || namesInput(specification);
}

/** Whether it is one of Vega, which Vega-Lite is compiled to. */
export function isVega({ $schema }: JsonObject): boolean {
  return typeof $schema === 'string' && /\/vega\/v/.test($schema);
}

/** The first address that the specification would get data from; null for none. */
export function findAddress(value: unknown): string | null {
  if (Array.isArray(value)) return findFirst(value, findAddress);
  if (!isObject(value)) return null;
  const { data } = value;
  const sources = Array.isArray(data) ? data : [data];
  const own = findFirst(sources, (source) =>
    isObject(source) && typeof source['url'] === 'string' ? source['url'] : null,
  );
  if (own !== null) return own;
  // What stands in rows is no specification.
  return findFirst(Object.entries(value), ([name, inner]) =>
    name === 'values' || name === 'datasets' ? null : findAddress(inner),
  );
}

/** Whether a view draws the dataset; `isInherited` where the view around it does. */
export function drawsInput({ data }: JsonObject, isInherited: boolean): boolean {
  if (data === undefined) return isInherited;
  return isObject(data) && data['name'] === inputName && !('values' in data) && !('url' in data);
}

/** A lookup may read the dataset beside data of the specification's own. */
function namesInput(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(namesInput);
  if (!isObject(value)) return false;
  const from = value['from'];
  if (isObject(from) && isObject(from['data']) && drawsInput(from, false)) return true;
  return Object.entries(value).some(([name, inner]) => name !== 'values' && namesInput(inner));
}

function listVegaSources({ data }: JsonObject): JsonObject[] {
  return Array.isArray(data) ? data.filter(isObject) : [];
}

function isVegaInput(source: JsonObject): boolean {
  return source['name'] === inputName && !['values', 'url', 'source'].some((name) => name in source);
}

export function findFirst<Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Found | null,
): Found | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}
