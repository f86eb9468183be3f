const delimiters = [',', ';', '\t']

/**
 * Which of comma, semicolon and tab parts the cells of the first line, by how often they stand
 * outside of quotes. Excel's own `sep=;` line decides where there is one.
 */
export function readDelimiter(text: string): { delimiter: string; header: string } {
  const stated = /^sep=(.)\r?\n/i.exec(text)
  if (stated?.[1] !== undefined) {
    return { delimiter: stated[1], header: text.slice(stated[0].length) }
  }
  const counts = new Map(delimiters.map((delimiter) => [delimiter, 0]))
  let isQuoted = false
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted
    if (isQuoted) continue
    if (character === '\n' || character === '\r') break
    const count = counts.get(character)
    if (count !== undefined) counts.set(character, count + 1)
  }
  const [[delimiter] = [','] as const] = [...counts].sort((a, b) => b[1] - a[1])
  return { delimiter, header: text }
}
