import { readFileSync } from 'node:fs'

/** The design tokens as a stylesheet: custom properties of the root element. */
export const tokensCss = read('tokens.css')

/** Kith's mark as an SVG document, for pages and as their icon. */
export const markSvg = read('mark.svg')

export type Colour = { light: string; dark: string }

/** The colours among the tokens by name, for what knows no custom properties, such as mails. */
export const colours: ReadonlyMap<string, Colour> = new Map(
  Array.from(
    tokensCss.matchAll(/--([a-z0-9-]+): light-dark\((#\w+), (#\w+)\)/g),
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
)

/** @throws Error when there is no such colour among the tokens */
export function colour(name: string): Colour {
  const found = colours.get(name)
  if (!found) throw new Error(`tokens.css has no colour --${name}`)
  return found
}

function read(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
}
