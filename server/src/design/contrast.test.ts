import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { colour } from './tokens.ts'

/** What stands on what, with the least contrast that it may have (WCAG 2.2, 1.4.3 and 1.4.11). */
const pairs: [ink: string, paper: string, least: number][] = [
  ...['bg', 'table', 'sheet', 'surface', 'surface-2', 'overlay'].flatMap(
    (paper): [string, string, number][] => [
      ['text', paper, 7],
      ['muted', paper, 4.5],
      ['accent', paper, 4.5],
    ],
  ),
  ['on-accent', 'accent', 4.5],
  ['accent', 'accent-soft', 4.5],
  ['text', 'accent-soft', 7],
  ['muted', 'accent-soft', 4.5],
  ['danger', 'bg', 4.5],
  ['danger', 'sheet', 4.5],
  ['text', 'danger-soft', 7],
  ['danger', 'danger-soft', 4.5],
  ['warn', 'warn-soft', 4.5],
  ['on-ink', 'ink', 7],
  ['ink-accent', 'ink', 4.5],
  ['bg', 'danger', 4.5],
  ['star', 'bg', 3],
  ['star', 'surface-2', 3],
  ['border', 'bg', 3],
  ['border', 'sheet', 3],
]

describe('the colours of the design', () => {
  for (const scheme of ['light', 'dark'] as const) {
    it(`can be told apart where they meet, when it is ${scheme}`, () => {
      const weak = pairs
        .map(([ink, paper, least]) => {
          const found = contrast(colour(ink)[scheme], colour(paper)[scheme])
          return { pair: `${ink} on ${paper}`, found, least }
        })
        .filter(({ found, least }) => found < least)
      assert.deepEqual(weak, [])
    })
  }

  it('are known by their names alone', () => {
    assert.throws(() => colour('pink'), /no colour --pink/)
  })
})

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
