import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DavError } from '../dav-error.ts'
import { versionFor } from './card-version.ts'

describe('the version of a card', () => {
  it('is 3.0 unless 4.0 is asked for', () => {
    const asked: [accept: string | undefined, version: string][] = [
      [undefined, '3.0'],
      ['', '3.0'],
      ['*/*', '3.0'],
      ['text/*', '3.0'],
      ['text/vcard', '3.0'],
      ['text/x-vcard', '3.0'],
      ['text/vcard; version=3.0', '3.0'],
      ['text/vcard; version="4.0"', '4.0'],
      ['TEXT/VCARD;VERSION=4.0;charset=utf-8', '4.0'],
      ['text/vcard;version=4.0;q=0.5, text/vcard;version=3.0', '3.0'],
      ['text/vcard;version=4.0, */*;q=0.1', '4.0'],
      ['application/json, */*;q=0.1', '3.0'],
      ['text/vcard;version=4.0;q=0, text/vcard', '3.0'],
      ['text/vcard;version=3.0;q=0, text/vcard', '4.0'],
      ['*/*, text/vcard;version=3.0;q=0.1', '4.0'],
      ['text/vcard;version=4.0, text/vcard', '4.0'],
      ['text/vcard, text/vcard;version=4.0', '3.0'],
      ['text/x-vcard;q=0, text/vcard', '3.0'],
    ]
    for (const [accept, version] of asked) {
      assert.equal(versionFor(accept), version, String(accept))
    }
  })

  it('is none where nothing else will do', () => {
    for (const accept of [
      'application/json',
      'text/vcard;version=2.1',
      'text/vcard;q=0',
      'text/vcard;q=0, */*',
      'text/vcard;q=none',
    ]) {
      assert.throws(
        () => versionFor(accept),
        (error) =>
          error instanceof DavError &&
          error.status === 406 &&
          error.condition === '<C:supported-address-data-conversion/>',
        accept,
      )
    }
  })
})
