import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { openBrowser, withoutChromium } from '../../test/browser.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer({}, { listen: true })
after(() => server[Symbol.asyncDispose]())

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
