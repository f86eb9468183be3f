import assert from 'node:assert/strict'
import { it } from 'node:test'
import { regionOptions } from './regions.ts'

it('regions have their names, each once, in the order of the language', () => {
  const english = regionOptions('en')
  assert.equal(english.length, 249)
  assert.equal(new Set(english.map(({ value }) => value)).size, 249)
  assert.equal(english.find(({ value }) => value === 'UA')?.label, 'Ukraine')
  assert.ok(english.every(({ value, label }) => value !== label))
  const german = regionOptions('de').map(({ label }) => label)
  // “Ö” stands with “O”.
  assert.ok(german.indexOf('Österreich') < german.indexOf('Pakistan'))
})
