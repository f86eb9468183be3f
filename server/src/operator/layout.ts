import { stripVTControlCharacters } from 'node:util'

/** Breaks a text into lines of at most `width` characters, at spaces; a longer word stays whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && longer.length > width) {
      lines.push(line)
      line = word
    } else {
      line = longer
    }
  }
  return [...lines, line]
}

/**
 * A name with what is to be said of it: beside it from `column` on, or below it where the terminal is
 * too narrow for that.
 */
export function entry(name: string, about: string, column: number, width: number): string {
  const room = width - column
  if (room >= 24) {
    const [first = '', ...rest] = wrap(about, room)
    const start = name.length + 2 > column ? `${name}\n${' '.repeat(column)}` : name.padEnd(column)
    return [`${start}${first}`, ...rest.map((line) => ' '.repeat(column) + line)]
      .join('\n')
      .trimEnd()
  }
  if (about === '') return name
  const indent = ' '.repeat(name.length - name.trimStart().length + 4)
  const lines = wrap(about, width - indent.length).map((line) => indent + line)
  return [name, ...lines].filter(Boolean).join('\n')
}

/** Rows below a header, each column as wide as its widest cell; the last columns go where it is narrow. */
export function table(header: string[], rows: string[][], width: number): string {
  const all = [header, ...rows].map((row) => row.map(printable))
  const widths = header.map((_, index) => Math.max(...all.map((row) => lengthOf(row[index] ?? ''))))
  let shown = widths.length
  const total = (count: number) => widths.slice(0, count).reduce((sum, one) => sum + one + 2, 0) - 2
  while (shown > 2 && total(shown) > width) shown--
  return all
    .map((row) =>
      row
        .slice(0, shown)
        .map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - lengthOf(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** A number with a comma between its thousands. */
export function count(number: number, one = '', many = ''): string {
  const digits = number.toLocaleString('en-GB')
  return one === '' ? digits : `${digits} ${number === 1 ? one : many}`
}

/** A size as people read it. */
export function size(octets: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = octets
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value >= 10 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`
}

const segmenter = new Intl.Segmenter()

function lengthOf(text: string): number {
  return [...segmenter.segment(text)].length
}

/** What people call themselves must not steer the terminal. */
function printable(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
}
