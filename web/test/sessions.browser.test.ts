import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { contactsOf, readContact } from '../../server/test/contacts.ts'
import { expectStatus, type Person } from '../../server/test/people.ts'
import { until } from '../../server/test/until.ts'
import { requireAccessible } from './accessibility.ts'
import { startApp, withoutBrowser, type App, type Device } from './app.ts'
import { addPeople } from './book.ts'
import { button, see, seeNoMore, shellIsKept } from './seen.ts'

describe('a session that is over', { skip: withoutBrowser() }, () => {
  let app: App
  before(async () => {
    app = await startApp()
  })
  after(() => app[Symbol.asyncDispose]())

  /** Somebody with a change that waits on a device whose session has expired. */
  async function expired() {
    const ada = await app.newPerson()
    const [id = ''] = await addPeople(ada)
    const device = await app.open(ada, `/c/${id}/edit`, { keepsShell: true })
    await expireWithChange(device, ada)
    return { ada, id, device }
  }

  async function expireWithChange({ page, context }: Device, owner: Person) {
    await see(button(page, 'Sync: up to date'))
    await shellIsKept(page)
    await context.setOffline(true)
    await page.getByRole('textbox', { name: 'Nickname' }).fill('Zozo')
    await button(page, 'Save').click()
    await see(button(page, 'Sync: offline'))
    await expire(owner)
    await page.reload()
    await see(page.getByRole('row', { name: /Zoë/ }))
    await context.setOffline(false)
    await see(page.getByRole('alert', { name: 'Log in to go on syncing' }))
  }

  async function expire({ email }: Person) {
    const { pool } = app.server.services.database
    const past = `
      update sessions set expires_at = now() - interval '1 s'
      where user_id = (select id from users where email = $1)`
    await pool.query(past, [email])
  }

  it('leaves everything where it is, and the same account goes on', async () => {
    const { ada, id, device } = await expired()
    await using _ = device
    const { page } = device
    await see(page.getByText(/1 change that was not sent stay/))
    await requireAccessible(page)
    // Reading and writing go on.
    await page.getByRole('searchbox', { name: 'Search contacts' }).fill('lovelace')
    await page.getByRole('row', { name: /Ada Lovelace/ }).click()
    await button(page, 'Edit').click()
    await page.getByRole('textbox', { name: 'Company' }).fill('Babbage & Co')
    await button(page, 'Save').click()
    await see(page.getByText(/2 changes that were not sent stay/))
    await see(button(page, 'Sync: 2 changes waiting'))
    assert.equal((await readContact(ada, id)).nickname, 'Zo')

    await page.getByRole('link', { name: 'Log in' }).click()
    await logInOn(page, ada)
    await page.waitForURL(/\/c\/.*lovelace/)
    await until('all to be sent', async () => {
      const [first, other] = [await readContact(ada, id), await lovelaceOf(ada)]
      return first.nickname === 'Zozo' && other?.company === 'Babbage & Co'
    })
    await see(button(page, 'Sync: up to date'))
    await seeNoMore(page.getByRole('alert'))
  })

  it('says how much had not been sent where it was ended elsewhere', async () => {
    await endElsewhere(async (page) => {
      await page.reload()
      await see(page.getByRole('row', { name: /Zoë/ }))
    })
  })

  it('says so also where the page stayed open meanwhile', async () => {
    await endElsewhere(async () => {})
  })

  /** @param meanwhile before the device hears of it */
  async function endElsewhere(meanwhile: (page: Page) => Promise<void>) {
    const ada = await app.newPerson()
    const [id = ''] = await addPeople(ada)
    await using device = await app.open(ada, `/c/${id}/edit`, { keepsShell: true })
    const { page, context } = device
    await see(button(page, 'Sync: up to date'))
    await shellIsKept(page)
    await context.setOffline(true)
    await page.getByRole('textbox', { name: 'Nickname' }).fill('Zozo')
    await button(page, 'Save').click()
    await see(button(page, 'Sync: offline'))
    expectStatus(await ada.post('/api/auth/logout?all=true', {}), 204)
    await meanwhile(page)
    await context.setOffline(false)
    await see(page.getByText('This device was logged out.'))
    await see(page.getByText('1 change had not been sent and is gone.'))
    await requireAccessible(page)
  }

  it('shows another person nothing, and sends nothing as theirs', async () => {
    const { ada, id, device } = await expired()
    await using _ = device
    const { page } = device
    const bob = await app.newPerson()
    await page.getByRole('link', { name: 'Log in' }).click()
    await page.addInitScript(noteNames)
    await logInOn(page, bob)
    // Not where Ada was.
    await page.waitForURL((url) => url.pathname === '/')
    await see(page.getByText('Bring your people'))
    await see(button(page, 'Sync: up to date'))
    assert.equal(await page.evaluate(() => sessionStorage.getItem('seen')), null)
    assert.deepEqual(await contactsOf(bob), [])
    assert.equal((await readContact(ada, id)).nickname, 'Zo')

    // What Ada typed waited for her.
    await button(page, 'Account').click()
    await page.getByRole('menuitem', { name: 'Log out' }).click()
    await page.waitForURL('**/welcome')
    await page.goto('/login')
    await logInOn(page, ada)
    await until('the change to arrive', async () => {
      return (await readContact(ada, id)).nickname === 'Zozo'
    })
  })

  it('leaves no data worker on the pages of who is logged out, which would lead the other tabs', async () => {
    const ada = await app.newPerson()
    const [id = ''] = await addPeople(ada)
    await using device = await app.open(ada, `/c/${id}`, { keepsShell: true })
    const { page, context } = device
    await see(button(page, 'Sync: up to date'))
    await shellIsKept(page)
    const other = await context.newPage()
    await other.goto('/')
    await see(button(other, 'Sync: up to date'))

    await button(page, 'Account').click()
    await page.getByRole('menuitem', { name: 'Log out' }).click()
    await page.waitForURL('**/welcome')
    await other.waitForURL(/\/(login|welcome)/)
    assert.equal(page.workers().length + other.workers().length, 0)
    await page.goto('/login')
    await logInOn(page, ada)
    await see(button(page, 'Sync: up to date'))
    const { held, pending } = await page.evaluate(() => navigator.locks.query())
    assert.deepEqual([held?.length, pending?.length], [1, 0])
    await page.goto(`/c/${id}`)
    await see(button(page, 'Sync: up to date'))
    await see(button(page, 'Edit'))
    await context.setOffline(true)
    await button(page, 'Edit').click()
    await page.getByRole('textbox', { name: 'Nickname' }).fill('Zozo')
    await button(page, 'Save').click()
    await see(button(page, 'Sync: offline'))
    await context.setOffline(false)
    await see(button(page, 'Sync: up to date'))
    assert.equal((await readContact(ada, id)).nickname, 'Zozo')
  })

  it('keeps what is being typed in a form', async () => {
    const { ada, id, device } = await expired()
    await using _ = device
    const { page } = device
    await page.goto(`/c/${id}/edit`)
    await page.getByRole('textbox', { name: 'Company' }).fill('Red Bottle')
    await page.getByRole('link', { name: 'Log in' }).click()
    await logInOn(page, ada)
    await page.waitForURL(`**/c/${id}/edit`)
    await see(page.getByText(/^Unsaved changes from/))
    await button(page, 'Save').click()
    await until('all to be sent', async () => {
      const { company, nickname } = await readContact(ada, id)
      return company === 'Red Bottle' && nickname === 'Zozo'
    })
  })
})

const lovelaceOf = async (owner: Person) =>
  (await contactsOf(owner)).find(({ last_name }) => last_name === 'Lovelace')

async function logInOn(page: Page, { email, password }: Person) {
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await button(page, 'Log in').click()
}

/** Notes in the page whether a name of Ada's book was on the screen, even for a moment. */
function noteNames() {
  const look = () => {
    if (/Łukasiewicz|Lovelace/.test(document.body?.textContent)) sessionStorage.setItem('seen', '1')
  }
  new MutationObserver(look).observe(document, { subtree: true, childList: true })
}
