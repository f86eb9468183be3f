import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { openBrowser, withoutChromium } from '../../test/browser.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer({}, { listen: true })
after(() => server[Symbol.asyncDispose]())

describe('the first page', () => {
  it('says what this is, and leads to all there is', async () => {
    const answer = await server.inject('/')
    assert.equal(answer.statusCode, 200)
    assert.match(String(answer.headers['content-type']), /^text\/html/)
    assert.match(answer.body, /address book/)
    const links = Array.from(answer.body.matchAll(/href="([^"]+)"/g), ([, href = '']) => href)
    for (const href of ['/docs', '/openapi.json', '/signup', '/reset-password', '/confirm']) {
      assert.ok(links.includes(href), href)
    }
    for (const href of links) assert.equal((await server.inject(href)).statusCode, 200, href)
  })

  it('sends nobody to sign up where that is closed', async () => {
    await using closed = await startServer({ REGISTRATION: 'closed' })
    assert.doesNotMatch((await closed.inject('/')).body, /href="\/signup"/)
  })

  it('holds nothing of what a request brings', async () => {
    const answer = await server.inject({
      url: '/?next=//evil.example',
      headers: { host: 'evil.example' },
    })
    assert.doesNotMatch(answer.body, /evil/)
  })
})

describe('what pages are made of', () => {
  it('may be kept, since its address changes with the content', async () => {
    const { body } = await server.inject('/')
    const parts = Array.from(body.matchAll(/"(\/pages\/[^"]+)"/g), ([, href = '']) => href)
    assert.deepEqual(parts.length, 3)
    for (const href of parts) {
      assert.match(href, /\?v=[\w-]{8}$/)
      const { headers } = await server.inject(href)
      assert.match(String(headers['cache-control']), /immutable/)
    }
  })
})

describe('every page in a browser', { skip: withoutChromium() }, () => {
  it('fits its width, without a complaint or a request to elsewhere', async () => {
    await using browser = await openBrowser()
    const { page, complaints, requested } = browser
    for (const width of [320, 390, 1280]) {
      await page.setViewportSize({ width, height: 700 })
      for (const path of ['/', '/confirm', '/reset-password', '/signup']) {
        await page.goto(server.url + path)
        const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
        assert.equal(overflow, 0, `${path} at ${width}`)
      }
    }
    assert.deepEqual(complaints, [])
    for (const { href, origin } of requested) assert.equal(origin, server.url, href)
  })

  it('has one heading of the first rank, a title, and a name for everything to press', async () => {
    await using browser = await openBrowser()
    const { page } = browser
    for (const path of ['/', '/confirm', '/reset-password', '/signup']) {
      await page.goto(server.url + path)
      assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1)
      assert.match(await page.title(), /Kith/)
      for (const control of await page.locator('a:visible, button:visible, input:visible').all()) {
        const snapshot = await control.ariaSnapshot()
        assert.match(snapshot, /"[^"]*\w[^"]*"/, `${path}: ${snapshot}`)
      }
    }
  })
})
