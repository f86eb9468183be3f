import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { nextLink } from './page-links.ts'

const anyText = fc.string({ unit: 'grapheme' })

it('a link to the next page asks the same of the same server, continued behind the cursor', () => {
  fc.assert(
    fc.property(anyText, anyText, fc.nat(), (q, cursor, limit) => {
      const query = { skip: 20, limit, q, after: 'the cursor before' }
      const link = nextLink('/api/contacts', query, cursor)
      const [, href] = /^<([^<>]*)>; rel="next"$/.exec(link) ?? []
      const asked = 'http://kith:8000/api/contacts?limit=1'
      const url = URL.parse(href ?? '', asked)
      assert.ok(url)
      assert.equal(url.origin + url.pathname, 'http://kith:8000/api/contacts')
      assert.deepEqual(Object.fromEntries(url.searchParams), {
        limit: String(limit),
        q,
        after: cursor,
      })
    }),
  )
})
