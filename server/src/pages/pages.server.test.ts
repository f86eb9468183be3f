import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { openBrowser, withoutChromium, type Browser } from '../../test/browser.ts'
import { linkIn } from '../../test/mailbox.ts'
import { logIn, newAccount, signUp } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'
import { storeInvite } from '../accounts/invites.ts'

const skip = withoutChromium()
const server = await startServer({}, { listen: true })
after(() => server[Symbol.asyncDispose]())

/** The link of the newest mail that lets this address set a new password. */
async function resetLink(email: string): Promise<string> {
  const url = '/api/auth/forgot_password'
  await server.inject({ method: 'POST', url, payload: { email } })
  return nextResetLink(email)
}

async function nextResetLink(email: string): Promise<string> {
  return linkIn(await server.mailbox.next({ to: email, subject: /^Set a new password/ })).href
}

/** Fills in the form for the new password, and waits until the page says what is expected. */
async function setPassword(
  { page }: Browser,
  said: RegExp,
  [password, again = password]: [string, string?],
) {
  await page.getByLabel('New password').fill(password)
  await page.getByLabel('Once more').fill(again)
  await page.getByRole('button', { name: 'Set password' }).click()
  await page.getByRole('status').getByText(said).waitFor()
}

describe('the pages', () => {
  it('say on / what this is, and where the docs are', async () => {
    const answer = await server.inject('/')
    assert.equal(answer.statusCode, 200)
    assert.match(String(answer.headers['content-type']), /^text\/html/)
    assert.match(answer.body, /address book/)
    for (const [, href = ''] of answer.body.matchAll(/<a href="([^"]+)"/g)) {
      assert.equal((await server.inject(href)).statusCode, 200, href)
    }
  })

  it('keep the address of the reset page from everyone', async () => {
    const { headers, body } = await server.inject('/reset-password')
    assert.equal(headers['referrer-policy'], 'no-referrer')
    assert.equal(headers['cache-control'], 'no-store')
    assert.match(String(headers['content-security-policy']), /default-src 'none'/)
    assert.doesNotMatch(String(headers['content-security-policy']), /unsafe|https?:|\*/)
    for (const [, address = ''] of body.matchAll(/(?:src|href)="([^"]+)"/g)) {
      assert.match(address, /^(?:\/(?!\/)|data:,)/)
    }
  })

  it('hold nothing of what a request brings', async () => {
    for (const url of ['/?next=//evil.example', '/reset-password?token=needle&redirect=//evil']) {
      const answer = await server.inject({ url, headers: { host: 'evil.example' } })
      assert.equal(answer.statusCode, 200)
      assert.doesNotMatch(answer.body, /evil|needle/)
    }
  })
})

describe('the reset page in a browser', { skip }, () => {
  it('sets the new password by the link of the mail, and asks nobody else', async () => {
    const ada = await signUp(server)
    const link = await resetLink(ada.email)
    await using browser = await openBrowser()
    const { page, complaints, requested } = browser
    await page.goto(link)

    assert.equal(page.url(), `${server.url}/reset-password`, 'the token leaves the address bar')
    const password = 'a brand new password'
    await setPassword(browser, /^The two passwords differ/, [password, 'another password'])
    await setPassword(browser, /^Your password has been reset/, [password])
    assert.equal(await page.locator('form:visible').count(), 0)
    await logIn(server, { ...ada, password })
    assert.equal((await ada.get('/api/users/me')).statusCode, 401)

    assert.deepEqual(complaints, [])
    const token = new URL(link).hash.slice('#token='.length)
    for (const { href, origin } of requested) {
      assert.ok(origin === server.url || href === 'data:,', href)
      assert.ok(!new URL(href).search.includes(token))
    }
    assert.ok(!server.logged.join('').includes(token))
  })

  it('says what is wrong with a password, and takes a better one', async () => {
    const ada = await signUp(server)
    await using browser = await openBrowser()
    await browser.page.goto(await resetLink(ada.email))
    await setPassword(browser, /^The password is one of/, ['password1234'])
    await setPassword(browser, /has been reset/, ['a better password'])
  })

  it('offers another mail when the link was used or cut, and takes the new link in place', async () => {
    const ada = await signUp(server)
    const link = await resetLink(ada.email)
    await using browser = await openBrowser()
    const { page } = browser
    await page.goto(link)
    await setPassword(browser, /has been reset/, ['a brand new password'])

    for (const [broken, said] of [
      [link, /not valid/],
      [link.slice(0, -5), /^This link is not complete/],
    ] as const) {
      await page.goto(broken)
      await setPassword(browser, said, ['yet another password'])
      assert.equal(await page.getByLabel('New password').isVisible(), false)
      await page.getByLabel('E-mail').waitFor()
    }
    await page.getByLabel('E-mail').fill(ada.email)
    await page.getByRole('button', { name: 'Send the mail' }).click()
    // The same page is still open, so that the browser only changes what stands behind the #.
    await page.goto(await nextResetLink(ada.email))
    await setPassword(browser, /has been reset/, ['yet another password'])
    await logIn(server, { ...ada, password: 'yet another password' })
  })

  it('asks whoever comes without a link for an address', async () => {
    await using browser = await openBrowser()
    const { page } = browser
    await page.goto(`${server.url}/reset-password`)
    await page.getByLabel('E-mail').fill(newAccount().email)
    await page.getByRole('button', { name: 'Send the mail' }).click()
    await page.getByText('If there is an account with this address').waitFor()
  })
})

describe('the confirmation link in a browser', { skip }, () => {
  it('opens a page, the second time too', async () => {
    const account = newAccount()
    await server.inject({ method: 'POST', url: '/api/auth/signup', payload: account })
    const link = linkIn(await server.mailbox.next({ to: account.email })).href
    await using browser = await openBrowser()
    const { page, complaints } = browser
    await page.goto(link)
    await page.getByRole('heading', { name: 'Email confirmed' }).waitFor()
    await page.goto(link)
    await page.getByRole('heading', { name: 'Your email is already confirmed' }).waitFor()
    assert.deepEqual(complaints, [])
    await page.goto(link.slice(0, -5))
    await page.getByRole('heading', { name: 'This link is not valid any more' }).waitFor()
  })
})

describe('the sign-up page in a browser', { skip }, () => {
  it('opens an account by the link of an invite', async () => {
    await using inviting = await startServer({ REGISTRATION: 'invite' }, { listen: true })
    const { email } = newAccount()
    const secret = await storeInvite(inviting.services.db, email)
    await using browser = await openBrowser()
    const { page, complaints } = browser
    await page.goto(`${inviting.url}/signup/${secret}`)
    assert.equal(page.url(), `${inviting.url}/signup`, 'the secret leaves the address bar')

    await page.getByLabel('Name').fill('Ada')
    await page.getByLabel('E-mail').fill('other@example.org')
    await page.getByLabel('Password').fill('correct horse battery staple')
    await page.getByRole('button').click()
    await page
      .getByRole('status')
      .getByText(/^The invite is not valid/)
      .waitFor()
    await page.getByLabel('E-mail').fill(email)
    await page.getByRole('button').click()
    await page
      .getByRole('status')
      .getByText(/Check your email/)
      .waitFor()
    // The refusal is one that the browser notes by itself.
    assert.ok(
      complaints.every((complaint) => /422/.test(complaint)),
      complaints.join(),
    )
  })
})
