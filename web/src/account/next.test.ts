import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { nextAddress } from './next.ts'

describe('the address after the login', () => {
  it('is the one that was asked for', () => {
    assert.equal(nextAddress('?next=/c/1?q=ada'), '/c/1?q=ada')
    assert.equal(nextAddress(''), '/')
  })

  it('is never on another site, nor the login again', () => {
    for (const next of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:1',
    ]) {
      assert.equal(nextAddress(`?next=${encodeURIComponent(next)}`), '/', next)
    }
    assert.equal(nextAddress('?next=/login'), '/')
    assert.equal(nextAddress('?next=/confirm/x'), '/')
  })
})
