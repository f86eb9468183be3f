import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { labelColours } from './label-colours.ts'

const tokens = readFileSync(
  fileURLToPath(new URL('../../../server/src/design/tokens.css', import.meta.url)),
  'utf8',
)

function pairOf(token: string): string[] {
  const [, light = '', dark = ''] =
    new RegExp(`--${token}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(tokens) ?? []
  assert.ok(light && dark, token)
  return [light, dark]
}

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

it('colours of labels stand out from every ground in both themes', () => {
  for (const ground of [...pairOf('bg'), ...pairOf('surface'), ...pairOf('overlay')]) {
    for (const { name, colour } of labelColours) {
      const [light = 0, dark = 0] = [luminance(ground), luminance(colour)].sort((a, b) => b - a)
      const contrast = (light + 0.05) / (dark + 0.05)
      assert.ok(contrast >= 3, `${name} on ${ground}: ${contrast.toFixed(2)}`)
    }
  }
})
