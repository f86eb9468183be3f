import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { it } from 'node:test'
import { knownLabels } from '@kith/server/book/known-labels'

const catalogue = JSON.parse(
  readFileSync(new URL('./en/known-labels.json', import.meta.url), 'utf8'),
) as Record<string, string>

it('every known label has a name to be shown by, and no other has one', () => {
  const messages = knownLabels.map(({ label }) => `known-labels.${label}`)
  assert.deepEqual(Object.keys(catalogue).sort(), messages.sort())
})
