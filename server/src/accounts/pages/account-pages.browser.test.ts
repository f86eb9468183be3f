import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { openBrowser, withoutChromium, type Browser } from '../../../test/browser.ts'
import { linkIn, tokenIn } from '../../../test/mailbox.ts'
import { expectStatus, logIn, newAccount, signUp } from '../../../test/people.ts'
import { startServer } from '../../../test/server.ts'
import { storeInvite } from '../invites.ts'

const server = await startServer({}, { listen: true })
after(() => server[Symbol.asyncDispose]())

/** The mail that confirms an address nobody has confirmed yet. */
async function confirmationMail() {
  const account = newAccount()
  await server.inject({ method: 'POST', url: '/api/auth/signup', payload: account })
  return { account, mail: await server.mailbox.next({ to: account.email }) }
}

async function resetMail(email: string) {
  const url = '/api/auth/forgot_password'
  await server.inject({ method: 'POST', url, payload: { email } })
  return server.mailbox.next({ to: email, subject: /^Set a new password/ })
}

const press = ({ page }: Browser, name: string) => page.getByRole('button', { name }).click()
const status = ({ page }: Browser, text: RegExp) =>
  page.getByRole('status').getByText(text).waitFor()

describe('the pages of accounts in a browser', { skip: withoutChromium() }, () => {
  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with scripts' : 'without scripts'

    it(`confirm an address by a button, ${how}`, async () => {
      const { account, mail } = await confirmationMail()
      await using browser = await openBrowser({ javaScriptEnabled })
      await browser.page.goto(linkIn(mail).href)
      await press(browser, 'Confirm my address')
      await status(browser, /^Your e-mail address is confirmed\.$/)
      assert.equal(new URL(browser.page.url()).pathname, '/confirm')
      await logIn(server, account)
      assert.deepEqual(browser.complaints, [])
    })

    it(`set a new password, ${how}`, async () => {
      const ada = await signUp(server)
      await using browser = await openBrowser({ javaScriptEnabled })
      await browser.page.goto(linkIn(await resetMail(ada.email)).href)
      await browser.page.getByLabel('Password', { exact: true }).fill('a brand new password')
      await press(browser, 'Save password')
      await status(browser, /^Your password has been reset/)
      await browser.page.getByRole('heading', { name: 'Your password is saved' }).waitFor()
      await logIn(server, { ...ada, password: 'a brand new password' })
      assert.deepEqual(browser.complaints, [])
    })

    it(`lead from a dead link to a new one, ${how}`, async () => {
      const ada = await signUp(server)
      const dead = linkIn(await resetMail(ada.email)).href
      await using browser = await openBrowser({ javaScriptEnabled })
      await resetMail(ada.email)
      await browser.page.goto(dead)
      await browser.page.getByRole('heading', { name: /not valid any more/ }).waitFor()
      await browser.page.getByLabel('E-mail').fill(ada.email)
      await press(browser, 'Send the link')
      await status(browser, /^\s*Check your e-mail\./)
      const mail = await server.mailbox.next({ to: ada.email, subject: /^Set a new password/ })
      // On another device, by hand.
      await browser.page.getByText('I have a code').click()
      await browser.page.getByLabel('Code from the mail').fill(tokenIn(mail))
      await press(browser, 'Continue')
      await browser.page.getByLabel('Password', { exact: true }).waitFor()
    })
  }

  it('take the token out of the address bar, and ask nobody else', async () => {
    const { mail } = await confirmationMail()
    const ada = await signUp(server)
    await using browser = await openBrowser()
    const { page, requested, complaints } = browser
    for (const [link, path] of [
      [linkIn(mail).href, '/confirm'],
      [linkIn(await resetMail(ada.email)).href, '/reset-password'],
    ] as const) {
      await page.goto(link)
      assert.equal(page.url(), server.url + path)
    }
    for (const { origin, href } of requested) assert.equal(origin, server.url, href)
    assert.deepEqual(complaints, [])
  })

  it('understand the links of older mails, also in a page that is open', async () => {
    const ada = await signUp(server)
    const token = tokenIn(await resetMail(ada.email))
    await using browser = await openBrowser()
    const { page } = browser
    const field = page.getByLabel('Password', { exact: true })
    await page.goto(`${server.url}/reset-password#token=${token}`)
    await field.waitFor()
    assert.equal(page.url(), `${server.url}/reset-password`)
    await page.goto(`${server.url}/reset-password`)
    await page.getByLabel('E-mail').waitFor()
    // The same page is still open, so that the browser only changes what stands behind the #.
    await page.goto(`${server.url}/reset-password#token=${token}`)
    await field.waitFor()
    await page.goto(`${server.url}/reset-password%23token=${token}`)
    await field.waitFor()
  })

  it('show a password on request, and hide it before it is sent', async () => {
    const ada = await signUp(server)
    await using browser = await openBrowser()
    const { page } = browser
    await page.goto(linkIn(await resetMail(ada.email)).href)
    const field = page.getByLabel('Password', { exact: true })
    const show = page.getByRole('button', { name: 'Show password' })
    await field.fill('password1234')
    assert.equal(await field.getAttribute('type'), 'password')
    await show.click()
    assert.equal(await field.getAttribute('type'), 'text')
    assert.equal(await show.getAttribute('aria-pressed'), 'true')
    await press(browser, 'Save password')

    // Refused: the field has the focus, and what is wrong describes it.
    await page
      .getByRole('alert')
      .getByText(/guessed first/)
      .waitFor()
    assert.match(await page.title(), /^Error: /)
    await page.locator('#password:focus').waitFor()
    assert.equal(await field.getAttribute('type'), 'password')
    await field.fill('a better password')
    await page.keyboard.press('Enter')
    await status(browser, /^Your password has been reset/)
  })

  it('say below the field what is missing, and send nothing until it is there', async () => {
    await using browser = await openBrowser()
    const { page } = browser
    await page.goto(`${server.url}/signup`)
    await press(browser, 'Create account')
    assert.equal(await page.getByRole('alert').count(), 3)
    await page.locator('#username:focus').waitFor()
    assert.equal(
      await page.getByLabel('E-mail').getAttribute('aria-describedby'),
      'email-fault email-hint',
    )
    await page.getByLabel('Name').fill('Ada')
    assert.equal(await page.getByRole('alert').count(), 2)
    assert.equal(new URL(page.url()).pathname, '/signup')
  })

  it('open an account by an invitation', async () => {
    await using inviting = await startServer({ REGISTRATION: 'invite' }, { listen: true })
    const account = newAccount()
    const secret = await storeInvite(inviting.services.db, account.email)
    await using browser = await openBrowser()
    const { page, complaints } = browser
    await page.goto(`${inviting.url}/signup/${secret}`)
    assert.equal(page.url(), `${inviting.url}/signup`, 'the secret leaves the address bar')
    assert.equal(await page.getByLabel('E-mail').inputValue(), account.email)
    await page.getByLabel('Name').fill('Ada')
    await page.getByLabel('Password', { exact: true }).fill(account.password)
    await press(browser, 'Create account')
    await status(browser, /^\s*Check your e-mail\./)
    assert.deepEqual(complaints, [])
  })

  it('can be used by keyboard alone', async () => {
    const { account, mail } = await confirmationMail()
    await using browser = await openBrowser()
    const { page } = browser
    await page.goto(`${server.url}/confirm`)
    await page.keyboard.press('Tab')
    await page.locator('.brand:focus').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.type(tokenIn(mail))
    await page.keyboard.press('Enter')
    await status(browser, /^Your e-mail address is confirmed\.$/)
    expectStatus(await logIn(server, account).then((ada) => ada.get('/api/users/me')), 200)
  })
})
