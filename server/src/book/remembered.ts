const maxLength = 64
const maxTexts = 4_000

/**
 * A function that remembers what it made of short texts: first names, cities, and the words of companies
 * come again and again. Only for a function whose result depends on nothing but the text, and is never
 * changed.
 */
export function remembered<T extends object | string>(
  make: (text: string) => T,
): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    if (text.length > maxLength) return make(text)
    const found = known.get(text)
    if (found !== undefined) return found
    const own = detached(text)
    const made = make(own)
    if (known.size === maxTexts) known.clear()
    known.set(own, made)
    return made
  }
}

/**
 * A copy: V8 would keep the whole file that a text is a piece of. By JSON, which browsers have as
 * well, and which keeps half a surrogate pair.
 */
function detached(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string
}
