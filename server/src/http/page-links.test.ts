import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { nextLink } from './page-links.ts'

const anyText = fc.string({ unit: 'grapheme' })

it('a link to the next page asks the same of our own address, continued behind the cursor', () => {
  fc.assert(
    fc.property(anyText, anyText, fc.nat(), (q, cursor, limit) => {
      const query = { skip: 20, limit, q, after: 'the cursor before' }
      const link = nextLink(new URL('https://kith.example.org'), '/api/contacts', query, cursor)
      const [, href] = /^<([^<>]*)>; rel="next"$/.exec(link) ?? []
      const url = new URL(href ?? '')
      assert.equal(url.origin + url.pathname, 'https://kith.example.org/api/contacts')
      assert.deepEqual(Object.fromEntries(url.searchParams), {
        limit: String(limit),
        q,
        after: cursor,
      })
    }),
  )
})
