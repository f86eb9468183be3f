import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { openBrowser, withoutChromium } from '../../test/browser.ts'
import { signUp } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'
import { untilEqual } from '../../test/until.ts'

const skip = withoutChromium()
const server = await startServer({}, { listen: true })
after(() => server[Symbol.asyncDispose]())

// Swagger UI takes the underscores in the name of an operation for its own old way of writing spaces.
const ownNote = /^Deprecated: escaping deep link whitespace/

/** Opens a call in the page, sends it as it stands there, and gives back what came. */
async function tryOut(page: Page, operationId: string, fill?: () => Promise<void>) {
  const block = page.locator(`.opblock[id$="-${operationId}"]`)
  await block.locator('.opblock-summary').click()
  await block.getByRole('button', { name: 'Try it out' }).click()
  await fill?.()
  await block.getByRole('button', { name: 'Execute' }).click()
  const answer = block.locator('.live-responses-table')
  await answer.waitFor()
  return {
    status: await answer.locator('tbody .response-col_status').first().innerText(),
    body: await answer.locator('.highlight-code').first().innerText(),
  }
}

describe('the docs page', { skip }, () => {
  it('shows every call, and asks nobody else for anything', async () => {
    await using browser = await openBrowser()
    const { page, complaints, requested } = browser
    await page.goto(`${server.url}/docs`)
    await page.locator('.opblock').first().waitFor()

    const { paths } = (await server.inject('/openapi.json')).json()
    const calls = Object.values(paths).flatMap((item) => Object.keys(item as object))
    await untilEqual(() => page.locator('.opblock').count(), calls.length)
    assert.deepEqual(complaints, [])
    for (const { origin, protocol } of requested) {
      assert.ok(origin === server.url || protocol === 'data:', origin)
    }
  })

  it('opens the call that a link names', async () => {
    await using browser = await openBrowser()
    const { page, complaints } = browser
    await page.goto(`${server.url}/docs#/auth/request_email_api_auth_request_email_post`)
    const open = page.locator('.opblock.is-open')
    await open.waitFor()
    await untilEqual(() => open.count(), 1)
    assert.match(await open.innerText(), /\/api\/auth\/request_email/)
    const worries = complaints.filter((text) => !ownNote.test(text))
    assert.deepEqual(worries, [])
  })

  it('lets one log in by the password form, and then make the calls it describes', async () => {
    const ada = await signUp(server)
    await using browser = await openBrowser()
    const { page, complaints } = browser
    await page.goto(`${server.url}/docs`)
    await page.locator('.btn.authorize').click()
    // One way to log in, which begins at the name, and asks for nothing that means nothing here.
    const form = page.locator('.auth-container')
    await untilEqual(() => form.locator('#oauth_username:focus').count(), 1)
    assert.equal(await form.count(), 1)
    await untilEqual(() => form.locator('input:visible').count(), 2)
    await form.locator('#oauth_username').fill(ada.email)
    await form.locator('#oauth_password').fill(ada.password)
    await form.locator('button.authorize').click()
    await page.locator('.auth-container').getByText('Authorized').waitFor()
    await page.locator('.btn-done').first().click()

    const me = await tryOut(page, 'read_me')
    assert.equal(me.status.split('\n')[0], '200')
    assert.match(me.body, new RegExp(ada.email))
    const made = await tryOut(page, 'create_contact')
    assert.equal(made.status.split('\n')[0], '201')
    const listed = await tryOut(page, 'list_contacts')
    assert.equal(listed.status.split('\n')[0], '200')
    assert.match(listed.body, /Lovelace/)
    const worries = complaints.filter((text) => !ownNote.test(text))
    assert.deepEqual(worries, [])
  })

  it('takes the document from where programs do, and fits a phone in either colour scheme', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await using browser = await openBrowser({
        colorScheme,
        isMobile: true,
        viewport: { width: 390, height: 844 },
      })
      const { page, requested } = browser
      await page.goto(`${server.url}/docs#/contacts/list_contacts`)
      await page.locator('.opblock.is-open').waitFor()
      assert.ok(requested.some(({ pathname }) => pathname === '/openapi.json'))
      assert.equal(await page.locator('a[href="/openapi.json"]').count(), 1)
      await untilEqual(() => page.evaluate('document.documentElement.scrollWidth'), 390)
      await untilEqual(() => page.locator('html.dark-mode').count(), colorScheme === 'dark' ? 1 : 0)
    }
  })

  it('works under every name that the server has', async () => {
    await using browser = await openBrowser()
    const { page } = browser
    const { port } = new URL(server.url)
    await page.goto(`http://localhost:${port}/docs`)
    const { status } = await tryOut(page, 'livez')
    assert.equal(status.split('\n')[0], '200')
  })
})
