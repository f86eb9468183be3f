import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isFresh, isMatch } from './etag.ts'

const etag = '"m7"'

describe('If-None-Match', () => {
  for (const header of [etag, `W/${etag}`, '*', `"m1", ${etag}`, `"m1",W/${etag} , "m9"`]) {
    it(`accepts ${header}`, () => assert.equal(isFresh(header, etag), true))
  }
  for (const header of [undefined, '', '"m70"', '"m"', 'm7', '"M7"', '7', '"*"', 'w/"m7"', ',']) {
    it(`does not accept ${header}`, () => assert.equal(isFresh(header, etag), false))
  }
})

describe('If-Match', () => {
  for (const header of [undefined, etag, '*', `"m1", ${etag}`, ` ${etag} `]) {
    it(`lets ${header} write`, () => assert.equal(isMatch(header, etag), true))
  }
  for (const header of ['', `W/${etag}`, '"m6"', '"m6", "m8"', 'm7', '"*"', ',']) {
    it(`stops ${JSON.stringify(header)}`, () => assert.equal(isMatch(header, etag), false))
  }
})
