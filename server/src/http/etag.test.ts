import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { AppError } from '../errors.ts'
import { etagOf, isFresh, requireMatch } from './etag.ts'

const etag = etagOf({ modseq: 7 })

describe('If-None-Match', () => {
  for (const header of [etag, `W/${etag}`, '*', `"m1", ${etag}`, `"m1",W/${etag} , "m9"`]) {
    it(`knows the contact by ${header}`, () => assert.equal(isFresh(header, etag), true))
  }
  for (const header of [undefined, '', '"m70"', '"m"', 'm7', '"M7"', '7', '"*"', 'w/"m7"', ',']) {
    it(`does not know it by ${header}`, () => assert.equal(isFresh(header, etag), false))
  }
})

describe('If-Match', () => {
  for (const header of [undefined, etag, '*', `"m1", ${etag}`, ` ${etag} `]) {
    it(`lets ${header} write`, () => requireMatch(header, etag))
  }
  for (const header of ['', `W/${etag}`, '"m6"', '"m6", "m8"', 'm7', '"*"', ',']) {
    it(`stops ${JSON.stringify(header)}`, () => {
      assert.throws(
        () => requireMatch(header, etag),
        (error) => error instanceof AppError && error.kind === 'stale',
      )
    })
  }
})
