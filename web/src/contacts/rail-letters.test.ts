import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { railLetters } from './rail-letters.ts'

const heads = (letters: string) => Array.from(letters, (letter, at) => ({ letter, at }))

describe('the letters of the rail', () => {
  it('are those of all scripts while there is room', () => {
    assert.deepEqual(railLetters(heads('ABCАБВ#'), 7), Array.from('ABCАБВ#'))
  })

  it('are those of the first script alone where there is not', () => {
    assert.deepEqual(railLetters(heads('ABCАБВ#'), 6), Array.from('ABC#'))
  })

  it('leave some out where even those have no room', () => {
    assert.deepEqual(railLetters(heads('ABCDEF#'), 4), Array.from('ACE#'))
  })

  it('are none of a script without an alphabet', () => {
    assert.deepEqual(railLetters(heads('AB山田王#'), 30), Array.from('AB#'))
  })
})
