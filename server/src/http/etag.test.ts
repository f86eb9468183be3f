import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isFresh, isMatch } from './etag.ts'

const etag = '"m7"'

describe('If-None-Match', () => {
  const throughProxies = ['"m7-gzip"', '"m7-br"', 'W/"m7-zstd"']
  for (const header of [
    etag,
    `W/${etag}`,
    '*',
    `"m1", ${etag}`,
    `"m1",W/${etag} , "m9"`,
    ...throughProxies,
  ]) {
    it(`accepts ${header}`, () => assert.equal(isFresh(header, etag), true))
  }
  for (const header of [undefined, '', '"m70"', '"m"', 'm7', '"M7"', '7', '"*"', 'w/"m7"', ',']) {
    it(`does not accept ${header}`, () => assert.equal(isFresh(header, etag), false))
  }
})

describe('If-Match', () => {
  const throughProxies = ['"m7-gzip"', '"m7-br"', '"m1", "m7-zstd"']
  for (const header of [undefined, etag, '*', `"m1", ${etag}`, ` ${etag} `, ...throughProxies]) {
    it(`lets ${header} write`, () => assert.equal(isMatch(header, etag), true))
  }
  for (const header of [
    '',
    `W/${etag}`,
    'W/"m7-gzip"',
    '"m6-gzip"',
    '"m6", "m8"',
    'm7',
    '"m7-x"',
    '"*"',
    ',',
  ]) {
    it(`stops ${JSON.stringify(header)}`, () => assert.equal(isMatch(header, etag), false))
  }
})
