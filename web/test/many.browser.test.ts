import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { contactsOf } from '../../server/test/contacts.ts'
import { readJson, type Person } from '../../server/test/people.ts'
import { until } from '../../server/test/until.ts'
import { startApp, withoutBrowser, type App } from './app.ts'
import { addPeople } from './book.ts'
import { button, notice, see, seeNoMore, undoBy } from './seen.ts'

const count = 3_000

describe('many contacts at once', { skip: withoutBrowser() }, () => {
  let app: App
  before(async () => {
    app = await startApp()
  })
  after(() => app[Symbol.asyncDispose]())

  /** A device that shows a book of thousands, all of them selected. */
  async function withAllSelected() {
    const owner = await app.newPerson()
    for (let made = 0; made < count; made += 500) {
      const people = Array.from({ length: 500 }, (_, at) => ({ first_name: `P${made + at}` }))
      await addPeople(owner, people)
    }
    const device = await app.open(owner)
    const { page } = device
    await see(shownCount(page, '3,000 contacts'))
    await upToDate(page)
    await page.getByRole('row').first().click()
    await page.keyboard.press('Control+a')
    return { owner, device, page }
  }

  const tools = (page: Page) => page.getByRole('toolbar', { name: 'Selected contacts' })
  const shownCount = (page: Page, text: string | RegExp) =>
    page.getByRole('status').filter({ hasText: text })
  const upToDate = (page: Page) => see(button(page, 'Sync: up to date'))
  const countOf = async (owner: Person) =>
    (await readJson<{ total: number }>(owner, '/api/changes?limit=1&view=simple')).total

  it('are deleted and back, also in another tab, before anything is sent', async () => {
    const { owner, device, page } = await withAllSelected()
    await using _ = device
    const other = await device.context.newPage()
    await other.goto('/')
    await see(shownCount(other, '3,000 contacts'))
    await device.context.setOffline(true)
    await see(button(page, 'Sync: offline'))
    await button(tools(page), 'Delete').click()
    await see(notice(page, 'Saving 3,000 changes …'))
    await see(notice(page, '3,000 contacts moved to the trash'))
    await seeNoMore(notice(page, 'Saving 3,000 changes …'))
    await see(other.getByText('Bring your people'))
    await undoBy(page, '3,000 contacts moved to the trash')
    await see(shownCount(page, '3,000 contacts'))
    await device.context.setOffline(false)
    await upToDate(page)
    await see(shownCount(other, '3,000 contacts'))
    await upToDate(other)
    assert.equal(await countOf(owner), count)
  })

  it('are starred, and the server has them so', async () => {
    const { owner, device, page } = await withAllSelected()
    await using _ = device
    await button(tools(page), 'Star').click()
    await see(notice(page, /^3,000 contacts/))
    await upToDate(page)
    const labels = await readJson<{ contacts: number }[]>(owner, '/api/labels')
    assert.deepEqual(
      labels.map(({ contacts }) => contacts),
      [count],
    )
  })

  it('are what Ctrl+Z undoes while they are being kept, and not the edit before', async () => {
    const { owner, device, page } = await withAllSelected()
    await using _ = device
    await page.keyboard.press('Escape')
    await page.getByRole('row').first().press('Enter')
    await page.getByRole('article').waitFor()
    await page.keyboard.press('e')
    await page.getByRole('textbox', { name: 'Company' }).fill('Engines')
    await button(page, 'Save').click()
    await see(page.getByRole('article').getByText('Engines'))
    await upToDate(page)
    await page.getByRole('row').first().click()
    await page.keyboard.press('Control+a')
    await button(tools(page), 'Star').press('Enter')
    await page.keyboard.press('Control+z')
    // Pressed once more by somebody who saw nothing of it yet.
    await page.keyboard.press('Control+z')
    await see(notice(page, /^Undone: “3,000 contacts/))
    await upToDate(page)
    const labels = await readJson<{ contacts: number }[]>(owner, '/api/labels')
    assert.ok(labels.every(({ contacts }) => contacts === 0))
    const [edited] = await contactsOf(owner)
    assert.equal(edited?.company, 'Engines')
  })

  it('are partly deleted where the tab is closed meanwhile, and that is sent', async () => {
    const { owner, device, page } = await withAllSelected()
    await using _ = device
    await button(tools(page), 'Delete').click()
    await see(shownCount(page, /^1,000 contacts/).or(page.getByText('Bring your people')))
    await page.close()
    const again = await device.context.newPage()
    await again.goto('/')
    await upToDate(again)
    await until('what is shown to be there', async () => {
      const left = await countOf(owner)
      return (
        left === 0 || (left === 1_000 && (await shownCount(again, '1,000 contacts').count()) > 0)
      )
    })
  })
})
