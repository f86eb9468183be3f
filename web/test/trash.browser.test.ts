import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { contactsOf, readContact, trashOf } from '../../server/test/contacts.ts'
import { expectStatus, type Person } from '../../server/test/people.ts'
import { requireAccessible } from './accessibility.ts'
import { startApp, type App, widths, withoutBrowser } from './app.ts'
import { addLabel, addPeople, label, zoe } from './book.ts'
import { button, notice, requireNoSideways, see, seeNoMore, shellIsKept, undoBy } from './seen.ts'

describe('what is gone', { skip: withoutBrowser() }, () => {
  let app: App
  before(async () => {
    app = await startApp()
  })
  after(() => app[Symbol.asyncDispose]())

  async function withTrash() {
    const ada = await app.newPerson()
    const ids = await addPeople(ada, [
      { first_name: 'Gustav', last_name: 'Gone' },
      { first_name: 'Wanda', last_name: 'Away' },
    ])
    for (const id of ids) expectStatus(await ada.delete(`/api/contacts/${id}`), 204)
    return ada
  }
  const row = (page: Page, name: string) =>
    page.getByRole('list', { name: 'Trash' }).getByRole('listitem').filter({ hasText: name })
  const titlesOf = async (owner: Person) =>
    (await trashOf(owner)).map(({ last_name: name }) => String(name)).toSorted()

  describe('the trash', () => {
    it('says how long, gives back, and takes it again by undo', async () => {
      const ada = await withTrash()
      await using device = await app.open(ada, '/trash')
      const { page } = device
      await see(row(page, 'Gustav Gone').getByText('30 days left'))
      await button(row(page, 'Gustav Gone'), 'Restore').click()
      await see(notice(page, 'Gustav Gone is back'))
      await seeNoMore(row(page, 'Gustav Gone'))
      assert.deepEqual(await titlesOf(ada), ['Away'])
    })

    it('asks before it deletes for good, and does nothing when somebody thinks better of it', async () => {
      const ada = await withTrash()
      await using device = await app.open(ada, '/trash')
      const { page } = device
      const ask = page.getByRole('alertdialog', { name: 'Delete for good?' })
      await button(row(page, 'Gustav Gone'), 'Delete for good').click()
      await see(ask)
      await requireAccessible(page)
      await page.keyboard.press('Escape')
      await seeNoMore(ask)
      assert.equal((await titlesOf(ada)).length, 2)

      await button(row(page, 'Gustav Gone'), 'Delete for good').click()
      await button(ask, 'Delete for good').click()
      await seeNoMore(row(page, 'Gustav Gone'))
      assert.deepEqual(await titlesOf(ada), ['Away'])

      await button(page, 'Empty the trash').click()
      await button(ask, 'Delete for good').click()
      await see(page.getByText('Contacts that are deleted wait here for 30 days.'))
      assert.deepEqual(await titlesOf(ada), [])
      await requireAccessible(page)
    })

    it('says into whom a contact was merged, while they are in the book', async () => {
      const ada = await app.newPerson()
      const [into = '', gone = ''] = await addPeople(ada, [
        { first_name: 'Gustav', last_name: 'Here' },
        { first_name: 'Gustl', last_name: 'Gone' },
      ])
      expectStatus(await ada.post('/api/contacts/merge', { into, ids: [gone] }), 200)
      await using device = await app.open(ada, '/trash')
      const { page } = device
      await see(row(page, 'Gustl Gone').getByRole('link', { name: 'merged into Gustav Here' }))
      await requireAccessible(page)
      expectStatus(await ada.delete(`/api/contacts/${into}`), 204)
      await see(row(page, 'Gustl Gone').getByText('merged into another contact'))
      await see(row(page, 'Gustav Here'))
    })

    it('says offline that it is on the server', async () => {
      const ada = await withTrash()
      await using device = await app.open(ada, '/trash', { keepsShell: true })
      const { page, context } = device
      await see(row(page, 'Gustav Gone'))
      await shellIsKept(page)
      await context.setOffline(true)
      await button(row(page, 'Gustav Gone'), 'Restore').click()
      await see(notice(page, 'This needs the server, which cannot be reached.'))
      await see(row(page, 'Gustav Gone'))
    })

    it('shows offline what was deleted here, and gives it back', async () => {
      const ada = await withTrash()
      await addPeople(ada, [{ first_name: 'Bea' }])
      await using device = await app.open(ada, '/', { keepsShell: true })
      const { page, context } = device
      await see(page.getByRole('row', { name: 'Bea' }))
      await shellIsKept(page)
      await context.setOffline(true)
      await page.getByRole('row', { name: 'Bea' }).click()
      await see(page.getByRole('article', { name: 'Bea' }))
      await page.keyboard.press('#')
      await page.getByRole('link', { name: 'Trash' }).click()
      await see(page.getByText('The trash is on the server, which cannot be reached'))
      const here = page.getByRole('list', { name: 'Deleted on this device, and not sent yet' })
      await see(here.getByText('Bea'))
      await requireAccessible(page, 'main')
      await button(here, 'Restore').click()
      await see(notice(page, 'Bea is back'))
      await context.setOffline(false)
      await see(row(page, 'Gustav Gone'))
      await see(button(page, 'Sync: up to date'))
      assert.ok((await contactsOf(ada)).some(({ first_name: name }) => name === 'Bea'))
    })

    for (const width of widths) {
      it(`fits ${width} px, and anybody can use it`, async () => {
        const ada = await withTrash()
        await using device = await app.open(ada, '/trash', { width })
        const { page } = device
        await see(row(page, 'Gustav Gone'))
        await requireNoSideways(page)
        await requireAccessible(page)
      })
    }
  })

  describe('the history of a contact', () => {
    async function withHistory() {
      const ada = await app.newPerson()
      const [id = ''] = await addPeople(ada, [zoe])
      const phones = [{ label: 'mobile', value: '+48 22 000 00 00' }]
      expectStatus(await ada.patch(`/api/contacts/${id}`, { phones, nickname: null }), 200)
      await label(ada, id, await addLabel(ada, 'Friends'))
      return { ada, id }
    }

    it('says every revision in words, brings one back, and undoes that', async () => {
      const { ada, id } = await withHistory()
      await using device = await app.open(ada, `/c/${id}/history`)
      const { page } = device
      const versions = page.getByRole('list', { name: 'Versions' }).locator('> li')
      await see(versions.nth(0).getByText('Label added: Friends'))
      await see(
        versions
          .nth(1)
          .getByText(/^Phone changed: \+48 22 123 45 67 \(mobile\) → \+48 22 000 00 00/),
      )
      await see(versions.nth(1).getByText('Nickname removed: Zo'))
      await see(versions.nth(2).getByText(/^With First name, Last name/))
      await button(versions.nth(2), 'Restore').click()
      await see(notice(page, /^Brought back to what it was on/))
      await see(versions.nth(0).getByText('Nickname added: Zo'))
      assert.equal((await readContact(ada, id)).nickname, 'Zo')
      await undoBy(page, /^Brought back/)
      await see(versions.nth(0).getByText('Nickname removed: Zo'))
      assert.equal((await readContact(ada, id)).nickname, null)
    })

    it('says that a contact is not here', async () => {
      const ada = await app.newPerson()
      const id = '01a20497-405b-7167-a9e2-939dbd06ad08'
      await using device = await app.open(ada, `/c/${id}/history`)
      await see(device.page.getByText('This contact is not here'))
      await see(device.page.getByRole('link', { name: 'Open the trash' }))
    })

    it('leads back to the list from a contact that is not here, on the phone', async () => {
      const ada = await app.newPerson()
      const path = '/c/01a20497-405b-7167-a9e2-939dbd06ad08'
      await using device = await app.open(ada, path, { width: 390 })
      const { page } = device
      await page.getByRole('link', { name: 'Back to contacts' }).click()
      await see(page.getByRole('searchbox', { name: 'Search contacts' }))
    })

    for (const width of widths) {
      it(`fits ${width} px, and anybody can use it`, async () => {
        const { ada, id } = await withHistory()
        await using device = await app.open(ada, `/c/${id}/history`, { width })
        const { page } = device
        await see(button(page, 'Restore'))
        await requireNoSideways(page)
        await requireAccessible(page)
      })
    }
  })
})
