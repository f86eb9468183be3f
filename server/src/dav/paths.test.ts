import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pathInHref, pathInTarget, pathOf, readPath } from './paths.ts'

const userId = '01a20497-405b-7167-a9e2-939dbd06ad08'
const book = `/dav/addressbooks/${userId}/contacts/`

describe('a path', () => {
  it('leads back to where it came from, whatever the name of a card is', () => {
    const names = [
      'a.vcf',
      'Zoë 🙂.vcf',
      'a@b:c;d,e=f&g+h$i.vcf',
      '100%.vcf',
      '%2F.vcf',
      'a?b#c',
      '...',
    ]
    for (const name of names) {
      const place = { kind: 'card', slug: 'contacts', name } as const
      const path = pathOf(place, userId)
      assert.deepEqual(readPath(path, userId), place, path)
      assert.match(path, /^[!-~]+$/)
      assert.doesNotMatch(path, /[?#"<>]/)
    }
  })

  it('may end in a slash or not, and escape what it need not', () => {
    for (const path of [book, book.slice(0, -1), book.replace('contacts', '%63ontacts')]) {
      assert.deepEqual(readPath(path, userId), { kind: 'book', slug: 'contacts' })
    }
    assert.deepEqual(readPath(`${book}a.vcf?x`, userId), {
      kind: 'card',
      slug: 'contacts',
      name: 'a.vcf',
    })
  })

  it('is no card where a slash says that it is a collection', () => {
    assert.deepEqual(readPath(`${book}a.vcf/?x`, userId), { kind: 'nowhere' })
  })

  it('is nothing where it is somebody else’s, or could be read in two ways', () => {
    const paths = [
      book.replace(userId, '01a20497-405b-7167-a9e2-939dbd06ad09'),
      `${book}..`,
      `${book}%2e%2e`,
      `${book}a%2Fb`,
      `${book}a%00b`,
      `${book}%ff`,
      `${book}/a.vcf`,
      `${book}#x`,
      `${book}a.vcf?x#y`,
      '/other/',
      'dav/',
      '',
    ]
    for (const path of paths) assert.equal(readPath(path, userId), undefined, path)
  })
})

describe('the address in a request', () => {
  it('may be a whole URL in its first line', () => {
    for (const target of [book, `http://kith.example.org:8443${book}`, `HTTPS://[::1]${book}`]) {
      assert.equal(pathInTarget(target), book)
    }
  })

  it('is a path, or a URL of the same host', () => {
    const host = 'kith.example.org:8443'
    const hosts = [undefined, host]
    assert.equal(pathInHref(` ${book} `, hosts), book)
    assert.equal(pathInHref(`https://${host}${book}%2e%2e`, hosts), `${book}%2e%2e`)
    assert.equal(pathInHref(`https://${host}`, hosts), '/')
    const others = ['https://example.org/dav/', '//example.org/dav/', 'dav/', 'x:y', '']
    for (const href of [...others, `${book}#x`, `https://${host}${book}#x`]) {
      assert.equal(pathInHref(href, hosts), undefined, href)
    }
  })

  it('may name the port of its scheme', () => {
    const cases: [href: string, host: string, isSame: boolean][] = [
      ['https://kith.example.org/dav/', 'kith.example.org:443', true],
      ['https://kith.example.org:443/dav/', 'kith.example.org', true],
      ['http://kith.example.org/dav/', 'KITH.example.org:80', true],
      ['https://kith.example.org/dav/', 'kith.example.org:80', false],
      ['https://kith.example.org/dav/', 'kith.example.org:8443', false],
    ]
    for (const [href, host, isSame] of cases) {
      assert.equal(pathInHref(href, [host]), isSame ? '/dav/' : undefined, `${href} ${host}`)
    }
  })
})
