import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { acceptedLanguages } from './accept-language.ts'

describe('the languages of an Accept-Language', () => {
  for (const [header, languages] of [
    ['uk,en-US;q=0.7,en;q=0.3', ['uk', 'en-US', 'en']],
    ['en;q=0.5, DE-at', ['de-AT', 'en']],
    ['de-AT , de;q=0.9,de-AT;q=0.8', ['de-AT', 'de']],
    ['zh-hant-tw;q=0.8,*;q=0.1', ['zh-Hant-TW']],
    ['fr;q=0,nb;q=1', ['nb']],
    ['', []],
    [undefined, []],
    ['*', []],
    ['english please, de;q=high, <script>', []],
    [`${'x,'.repeat(10_000)}de`, []],
  ] as const) {
    it(`are ${languages.join(', ') || 'none'} in ${String(header).slice(0, 40) || 'nothing'}`, () => {
      assert.deepEqual(acceptedLanguages(header), languages)
    })
  }

  it('are few, however many are sent', () => {
    const many = Array.from({ length: 50 }, (_, index) => `de-x-a${index}`).join(',')
    assert.equal(acceptedLanguages(many).length, 10)
  })
})
