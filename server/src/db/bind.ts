/** Collects the values of a statement that is put together from parts; `add` gives the placeholder. */
export function bind(values: unknown[]) {
  return { values, add: (value: unknown) => `$${values.push(value)}` }
}

/** Gives the placeholders of a statement one after the other, behind the first ones. */
export function placesAfter(count: number): () => string {
  let last = count
  return () => `$${++last}`
}
