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

/** Whether these can be called on it. */
export function hasMethods(value: object, ...names: string[]): boolean {
  // Safe: an object may be read by any name.
  return names.every((name) => typeof (value as Readonly<Record<string, unknown>>)[name] === 'function');
}

/** A Uint8Array, of whichever realm: a Buffer is one. */
export function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && (value as Partial<Uint8Array>)[Symbol.toStringTag] === 'Uint8Array';
}
