import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { remembered } from './remembered.ts'

describe('a remembered function', () => {
  const asked: string[] = []
  const doubled = remembered((text) => {
    asked.push(text)
    return text + text
  })

  it('makes the same of a text as the function, once', () => {
    const texts = ['', 'Zoë', 'Zoë', 'a\ud800b', 'a\ud800b', '\u{1f600}']
    assert.deepEqual(
      texts.map((text) => doubled(text)),
      texts.map((text) => text + text),
    )
    assert.deepEqual(asked.splice(0), ['', 'Zoë', 'a\ud800b', '\u{1f600}'])
  })

  it('keeps no long text', () => {
    const long = 'x'.repeat(100)
    assert.deepEqual([doubled(long), doubled(long)], [long + long, long + long])
    assert.deepEqual(asked.splice(0), [long, long])
  })

  it('keeps a limited number of texts', () => {
    doubled('first')
    for (let number = 0; number < 10_000; number++) doubled(String(number))
    asked.length = 0
    doubled('first')
    assert.deepEqual(asked, ['first'])
  })
})
