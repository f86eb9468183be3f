import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { contactsOf, readContact, trashOf } from '../../server/test/contacts.ts'
import type { Person } from '../../server/test/people.ts'
import { until } from '../../server/test/until.ts'
import { byApi, startApp, withoutBrowser } from './app.ts'
import { addPeople, people } from './book.ts'
import { shellIsKept } from './seen.ts'

const skip = withoutBrowser()
if (!skip) await describeOffline()

async function describeOffline() {
  const app = await startApp()
  after(() => app[Symbol.asyncDispose]())

  describe('without a network', () => {
    it('the book is read, searched and changed, and sent when there is one again', async () => {
      const ada = await app.newPerson()
      const [zoe = '', , omar = ''] = await addPeople(ada)
      await using device = await app.open(ada, '/', { keepsShell: true })
      const { page, context } = device
      await upToDate(page)
      await shellIsKept(page)
      await context.setOffline(true)

      await page.goto(`/c/${zoe}`)
      await page.getByRole('heading', { level: 2, name: 'Zoë Łukasiewicz' }).waitFor()
      await search(page, 'lovelace')
      await row(page, 'Ada Lovelace').waitFor()
      await page.goto('/')
      await row(page, 'Zoë Łukasiewicz').waitFor()

      await page.goto(`/c/${zoe}/edit`)
      await page.getByRole('textbox', { name: 'Nickname' }).fill('Zozo')
      await save(page)
      await page.goto('/new')
      await page.getByRole('textbox', { name: 'First name' }).fill('Grace')
      await page.getByRole('textbox', { name: 'Last name' }).fill('Hopper')
      await save(page)
      await page.goto(`/c/${omar}`)
      await choose(page, 'Delete')
      await page.getByRole('alertdialog', { name: 'Omar Mensah moved to the trash' }).waitFor()

      await page.reload()
      await row(page, 'Grace Hopper').waitFor()
      await row(page, 'Omar Mensah').waitFor({ state: 'detached' })
      await context.setOffline(false)
      await upToDate(page)
      assert.equal((await readContact(ada, zoe)).nickname, 'Zozo')
      assert.deepEqual(
        (await trashOf(ada)).map(({ id }) => id),
        [omar],
      )
      await assertSameList(page, ada)
    })

    it('the clock of the device may be wrong by a day', async () => {
      const ada = await app.newPerson()
      const [zoe = ''] = await addPeople(ada)
      for (const days of [-1, 1]) {
        await using device = await app.open(ada, '/settings/appearance')
        const { page, context } = device
        await upToDate(page)
        await shiftClock(context, days)
        await page.goto(`/c/${zoe}/edit`)
        await page.getByRole('textbox', { name: 'Nickname' }).fill(`${days} days`)
        await save(page)
        await untilSaid(ada, zoe, `${days} days`)
        await upToDate(page)
      }
    })
  })

  describe('two tabs', () => {
    it('that edit one contact both see both edits', async () => {
      const ada = await app.newPerson()
      const [zoe = ''] = await addPeople(ada)
      await using device = await app.open(ada, `/c/${zoe}/edit`)
      const { page: one, context } = device
      const other = await context.newPage()
      await other.goto(`/c/${zoe}/edit`)
      await one.getByRole('textbox', { name: 'Nickname' }).fill('Zozo')
      await other.getByRole('textbox', { name: 'Company' }).fill('Red Bottle')
      await save(one)
      await save(other)
      for (const page of [one, other]) {
        await row(page, 'Zoë Łukasiewicz, Baker · Red Bottle').waitFor()
        await page.getByText('Zozo').first().waitFor()
      }
      await untilSaid(ada, zoe, 'Zozo')
      const contact = await until('the other edit', async () => {
        const contact = await readContact(ada, zoe)
        return contact.company === 'Red Bottle' && contact
      })
      assert.equal(contact.nickname, 'Zozo')
    })
  })

  describe('two devices', () => {
    it('see each other’s changes, and ask when both changed the same', async () => {
      const ada = await app.newPerson()
      const [zoe = ''] = await addPeople(ada)
      await using device = await app.open(ada, `/c/${zoe}`, { keepsShell: true })
      const { page, context } = device
      await upToDate(page)
      await shellIsKept(page)
      await ada.patch(`/api/contacts/${zoe}`, { company: 'Green Bottle' })
      await row(page, 'Zoë Łukasiewicz, Baker · Green Bottle').waitFor()

      await context.setOffline(true)
      await page.goto(`/c/${zoe}/edit`)
      await page.getByRole('textbox', { name: 'Company' }).fill('Mine')
      await save(page)
      await ada.patch(`/api/contacts/${zoe}`, { company: 'Theirs' })
      await context.setOffline(false)
      const question = page.getByRole('alert').filter({ hasText: 'Somebody changed' })
      await question.getByRole('button', { name: 'Keep mine' }).click()
      await until('the choice', async () => (await readContact(ada, zoe)).company === 'Mine')
      await row(page, 'Zoë Łukasiewicz, Baker · Mine').waitFor()
    })

    it('a session that is ended elsewhere leaves nothing on the device', async () => {
      const ada = await app.newPerson()
      await addPeople(ada)
      await using device = await app.open(ada)
      const { page } = device
      await row(page, 'Ada Lovelace').waitFor()
      await upToDate(page)
      const phone = await byApi(app, ada)
      await phone.post('/api/auth/logout?all=true')
      await page.reload()
      await page.getByRole('heading', { level: 1, name: 'Log in' }).waitFor()
      const left = await until('the book to be gone', async () => {
        const names = await page.evaluate(async () =>
          (await indexedDB.databases()).map(({ name }) => name ?? ''),
        )
        return names.every((name) => !name.startsWith('kith-')) && names
      })
      assert.ok(left.length <= 1)
    })
  })
}

const upToDate = (page: Page) => page.getByRole('button', { name: 'Sync: up to date' }).waitFor()

const row = (page: Page, name: string) => page.getByRole('row', { name, exact: false })

const search = (page: Page, text: string) =>
  page.getByRole('searchbox', { name: 'Search contacts' }).fill(text)

async function save(page: Page) {
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page
    .getByRole('alertdialog', { name: / saved$/ })
    .first()
    .waitFor()
}

async function choose(page: Page, item: string) {
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

const untilSaid = (owner: Person, id: string, nickname: string) =>
  until(
    `the nickname ${nickname}`,
    async () => (await readContact(owner, id)).nickname === nickname,
  )

/** The list of the page has exactly the contacts of the server. */
async function assertSameList(page: Page, owner: Person) {
  await page.goto('/')
  const there = await contactsOf(owner)
  await page
    .getByRole('status')
    .filter({ hasText: `${there.length} contacts` })
    .waitFor()
  for (const { first_name, last_name, company } of there) {
    const name = [first_name, last_name].filter(Boolean).join(' ') || company || ''
    await row(page, name).first().waitFor()
  }
  assert.ok(there.length >= people.length)
}

/** The pages and workers of a browser have another day than the server. */
async function shiftClock(context: BrowserContext, days: number) {
  const script = `{
    const Real = Date
    const shift = ${days * 86_400_000}
    globalThis.Date = class extends Real {
      constructor(...parts) {
        if (parts.length === 0) super(Real.now() + shift)
        else super(...parts)
      }
      static now() {
        return Real.now() + shift
      }
    }
  }\n`
  await context.addInitScript(script)
  await context.route(/\/assets\/main-[^/]*\.js$/, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: script + (await response.text()) })
  })
}
