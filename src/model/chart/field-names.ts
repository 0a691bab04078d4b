/** A column's name as Vega-Lite's `field`, where dots and brackets would lead into objects. */
export function toField(name: string): string {
  return name.replace(/[\\.[\]]/g, '\\$&');
}

/** The name of the column that a `field` is; one that leads into objects gives a name that no column has. */
export function fromField(field: string): string {
  return field.replace(/\\(.)/gs, '$1');
}
