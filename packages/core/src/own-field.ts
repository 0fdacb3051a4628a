/** A field of an object's own, never one of a polluted prototype; `undefined` where there is none. */
export function ownField(value: unknown, name: string): unknown {
  // Safe: an object may be read by any name.
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** By shape, since it may come from another realm, library or copy: an object with these fields, inherited or not. */
export function hasFields(value: unknown, ...names: string[]): value is object {
  return typeof value === 'object' && value !== null && names.every((name) => name in value);
}
