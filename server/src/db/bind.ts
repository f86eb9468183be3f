/** Collects the values of a statement that is put together from parts; `add` gives the placeholder. */
export function bind(values: unknown[]) {
  return { values, add: (value: unknown) => `$${values.push(value)}` }
}
