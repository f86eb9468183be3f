import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { storeInvite } from '../../server/src/accounts/invites.ts'
import { linkIn, tokenIn } from '../../server/test/mailbox.ts'
import { newAccount } from '../../server/test/people.ts'
import { untilEqual } from '../../server/test/until.ts'
import { requireAccessible } from './accessibility.ts'
import { startApp, widths, withoutBrowser } from './app.ts'

const skip = withoutBrowser()
if (!skip) await describeAccounts()

async function describeAccounts() {
  const app = await startApp()
  after(() => app[Symbol.asyncDispose]())
  const { server } = app

  async function askForConfirmation() {
    const account = newAccount()
    await server.inject({ method: 'POST', url: '/api/auth/signup', payload: account })
    return { account, mail: await server.mailbox.next({ to: account.email }) }
  }

  describe('the signed-out pages', () => {
    it('lead a stranger from the first page into the app', async () => {
      const account = newAccount()
      await using device = await app.openDevice()
      const { page } = device
      await page.goto('/')
      await page.waitForURL('**/welcome')
      await page.getByRole('link', { name: 'Create an account' }).click()
      await heading(page, 'Create an account')
      await page.getByRole('textbox', { name: 'E-mail' }).fill(account.email)
      await page.getByLabel('Password', { exact: true }).fill(account.password)
      await press(page, 'Create account')
      await status(page, 'Check your e-mail.')
      await page.getByRole('button', { name: 'Send again', disabled: true }).waitFor()
      await page.goto(linkIn(await server.mailbox.next({ to: account.email })).href)
      await press(page, 'Confirm my address')
      await status(page, 'Your e-mail address is confirmed.')
      await page.getByRole('link', { name: 'Log in' }).click()
      await heading(page, 'Log in')
      await fillLogin(page, account.email, account.password)
      await page.waitForURL(`${server.url}/`)
    })

    it('say that e-mail or password is wrong, and which field is empty', async () => {
      const ada = await app.newPerson()
      await using device = await app.openDevice()
      const { page } = device
      await page.goto('/login')
      await press(page, 'Log in')
      await page.getByText('This is not an e-mail address.').waitFor()
      await untilEqual(() => focused(page), 'email')
      await fillLogin(page, ada.email, 'not the password')
      await alert(page, 'E-mail or password is wrong.')
      await untilEqual(() => focused(page), 'password')
      await requireAccessible(page)
    })

    it('go where somebody wanted to go', async () => {
      const ada = await app.newPerson()
      await using device = await app.openDevice()
      const { page } = device
      await page.goto('/birthdays?q=ada')
      await page.waitForURL('**/login?next=*')
      await fillLogin(page, ada.email, ada.password)
      await page.waitForURL('**/birthdays?q=ada')
    })

    it('let a password be looked at', async () => {
      await using device = await app.openDevice()
      const { page } = device
      await page.goto('/login')
      const password = page.getByLabel('Password', { exact: true })
      const show = page.getByRole('button', { name: 'Show password' })
      await password.fill('secret words')
      assert.equal(await password.getAttribute('type'), 'password')
      await show.click()
      await untilEqual(() => show.getAttribute('aria-pressed'), 'true')
      await untilEqual(() => password.getAttribute('type'), 'text')
    })

    it('send the confirmation again to who has not confirmed yet', async () => {
      const { account } = await askForConfirmation()
      await using device = await app.openDevice()
      const { page } = device
      await page.goto('/login')
      await fillLogin(page, account.email, account.password)
      await alert(page, 'Confirm your e-mail address first.')
      await press(page, 'Send again')
      await status(page, 'Sent again.')
      await server.mailbox.next({ to: account.email })
    })

    it('say that there is an account already', async () => {
      const ada = await app.newPerson()
      await using device = await app.openDevice()
      const { page } = device
      await page.goto('/signup')
      await page.getByRole('textbox', { name: 'E-mail' }).fill(ada.email)
      await page.getByLabel('Password', { exact: true }).fill('another good password')
      await press(page, 'Create account')
      await alert(page, 'There is an account with this e-mail.')
    })

    it('set a new password by a link that a mail program rewrote', async () => {
      const ada = await app.newPerson()
      await using device = await app.openDevice()
      const { page } = device
      for (const form of ['/', '#token=', '%23token=', '?token=']) {
        await page.goto('/forgot')
        await page.getByRole('textbox', { name: 'E-mail' }).fill(ada.email)
        await press(page, 'Send the link')
        await status(page, 'Check your e-mail.')
        const token = tokenIn(await server.mailbox.next({ to: ada.email, subject: /^Set a new/ }))
        await page.goto(`/reset-password${form}${token}`)
        await page.getByLabel('Password', { exact: true }).fill(`a new password ${form}`)
        assert.equal(new URL(page.url()).pathname + new URL(page.url()).hash, '/reset-password')
        await press(page, 'Save password')
        await status(page, 'Your password has been reset. Log in with the new one.')
      }
    })

    it('lead from a dead link to a new one, whose code may be pasted', async () => {
      const ada = await app.newPerson()
      await using device = await app.openDevice()
      const { page } = device
      await page.goto(`/reset-password/${'x'.repeat(43)}`)
      await page.getByLabel('Password', { exact: true }).fill('a brand new password')
      await press(page, 'Save password')
      await heading(page, 'This link is not valid any more')
      await page.getByRole('textbox', { name: 'E-mail' }).fill(ada.email)
      await press(page, 'Send the link')
      await status(page, 'Check your e-mail.')
      const link = linkIn(await server.mailbox.next({ to: ada.email, subject: /^Set a new/ })).href
      await page.getByText('I have a code').click()
      await page.getByLabel('Code from the mail').fill(`here: <${link}>`)
      await press(page, 'Continue')
      await page.getByLabel('Password', { exact: true }).fill('a brand new password')
      await press(page, 'Save password')
      await heading(page, 'Your password is saved')
    })

    it('say that a link was cut short, and take the code', async () => {
      const { mail } = await askForConfirmation()
      await using device = await app.openDevice()
      const { page } = device
      for (const path of ['/reset-password/AaIu', '/confirm/xx', '/confirm#token=xx']) {
        await page.goto(path)
        await alert(page, 'This link is not whole')
        await page.getByLabel('Code from the mail').waitFor()
        await requireAccessible(page)
      }
      await page.getByLabel('Code from the mail').fill(tokenIn(mail))
      await press(page, 'Confirm my address')
      await press(page, 'Confirm my address')
      await status(page, 'Your e-mail address is confirmed.')
    })

    it('lead who has confirmed already from a dead link to the login', async () => {
      await using device = await app.openDevice()
      const { page } = device
      await page.goto(`/confirm/${'x'.repeat(43)}`)
      await press(page, 'Confirm my address')
      await page.getByText(/^A link works for seven days/).waitFor()
      await requireAccessible(page)
      await page.getByRole('link', { name: 'Log in' }).click()
      await heading(page, 'Log in')
    })

    it('are no place for who is logged in', async () => {
      const ada = await app.newPerson()
      await using device = await app.open(ada)
      const { page } = device
      await page.getByRole('navigation', { name: 'Main' }).waitFor()
      for (const path of ['/login', '/signup']) {
        await page.goto(path)
        await page.waitForURL(`${server.url}/`)
        await page.getByRole('navigation', { name: 'Main' }).waitFor()
      }
    })

    it('have nothing that axe complains of, and fit every width', async () => {
      for (const width of widths) {
        await using device = await app.openDevice({ width })
        const { page } = device
        for (const path of ['/welcome', '/login', '/signup', '/confirm', '/forgot']) {
          await page.goto(path)
          await page.getByRole('heading', { level: 1 }).waitFor()
          await page.waitForFunction(() => document.title.includes('Kith'))
          const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
          assert.equal(overflow, 0, `${path} at ${width}`)
          await requireAccessible(page)
        }
      }
    })

    it('speak the language of the browser, or the one that was chosen', async () => {
      await using device = await app.openDevice({ language: 'de-AT' })
      const { page } = device
      await page.goto('/login')
      await heading(page, 'Anmelden')
      await press(page, 'Українська')
      await heading(page, 'Увійти')
      await page.goto('/signup')
      await untilEqual(() => page.evaluate('document.documentElement.lang'), 'uk')
    })
  })

  describe('where not everybody may sign up', () => {
    it('the page says that the server takes no new accounts', async () => {
      await using closed = await startApp({ REGISTRATION: 'closed' })
      await using device = await closed.openDevice()
      const { page } = device
      await page.goto('/signup')
      await heading(page, 'No new accounts here')
      await page.goto('/welcome')
      await page.getByRole('link', { name: 'Log in' }).click()
      await heading(page, 'Log in')
      assert.equal(await page.getByRole('link', { name: 'Create an account' }).count(), 0)
      await requireAccessible(page)
    })

    it('an invitation stays where the address was mistyped, and is sent again', async () => {
      await using invited = await startApp({ REGISTRATION: 'invite' })
      const account = newAccount()
      const secret = await storeInvite(invited.server.services.db, account.email)
      await using device = await invited.openDevice()
      const { page } = device
      await page.goto('/signup/short')
      await alert(page, 'This link is not whole')
      await press(page, 'Create account')
      await page.getByText('This is not an invitation code.').waitFor()
      await page.goto(`/signup/${secret}`)
      await page.getByRole('textbox', { name: 'E-mail' }).fill(`x${account.email}`)
      await page.getByLabel('Password', { exact: true }).fill(account.password)
      await press(page, 'Create account')
      await page.getByText(/^This invitation is not valid any more/).waitFor()
      assert.equal(await page.getByLabel('Invitation code').inputValue(), secret)
      await page.getByRole('textbox', { name: 'E-mail' }).fill(account.email)
      await press(page, 'Create account')
      await status(page, 'Check your e-mail.')
    })

    it('an invitation comes in by its link, or is pasted', async () => {
      await using invited = await startApp({ REGISTRATION: 'invite' })
      for (const isPasted of [false, true]) {
        const account = newAccount()
        const secret = await storeInvite(invited.server.services.db, account.email)
        await using device = await invited.openDevice()
        const { page } = device
        await page.goto(isPasted ? '/signup' : `/signup#token=${secret}`)
        if (isPasted) await page.getByLabel('Invitation code').fill(secret)
        await page.getByRole('textbox', { name: 'E-mail' }).fill(account.email)
        await page.getByLabel('Password', { exact: true }).fill(account.password)
        await press(page, 'Create account')
        await status(page, 'Check your e-mail.')
      }
    })
  })

  describe('after too many attempts', () => {
    it('the button counts down', async () => {
      await using limited = await startApp({ RATE_LIMITS: 'on' })
      await using device = await limited.openDevice()
      const { page } = device
      await page.clock.install()
      await page.goto('/login')
      for (let status = 401; status === 401;) {
        const answer = page.waitForResponse('**/api/auth/browser/login')
        await fillLogin(page, 'nobody@example.org', 'not the password')
        status = (await answer).status()
        if (status === 401) await page.getByText('E-mail or password is wrong.').waitFor()
      }
      await page.getByText(/^Too many attempts\. Try again in \d+ seconds?\.$/).waitFor()
      await page.getByRole('button', { name: /^Log in · \d+ s$/, disabled: true }).waitFor()
      await page.clock.fastForward(60_000)
      await page.getByRole('button', { name: 'Log in', exact: true }).waitFor()
    })
  })
}

const press = (page: Page, name: string) => page.getByRole('button', { name }).click()
const heading = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
const status = (page: Page, text: string) =>
  page.getByRole('status').getByText(text, { exact: true }).waitFor()
const alert = (page: Page, name: string) => page.getByRole('alert', { name, exact: true }).waitFor()
const focused = (page: Page) => page.evaluate('document.activeElement.name')

async function fillLogin(page: Page, email: string, password: string) {
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await press(page, 'Log in')
}
