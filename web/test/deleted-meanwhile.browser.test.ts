import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { contactsOf, readContact } from '../../server/test/contacts.ts'
import { expectStatus, type Person } from '../../server/test/people.ts'
import { until, untilEqual } from '../../server/test/until.ts'
import { requireAccessible } from './accessibility.ts'
import { startApp, widths, withoutBrowser, type App, type DeviceOptions } from './app.ts'
import { addPeople, people } from './book.ts'
import { button, notice, requireNoSideways, see, seeNoMore, shellIsKept, undoBy } from './seen.ts'

describe('a contact deleted elsewhere while it is edited', { skip: withoutBrowser() }, () => {
  let app: App
  before(async () => {
    app = await startApp()
  })
  after(() => app[Symbol.asyncDispose]())

  async function editing(options: DeviceOptions = {}) {
    const ada = await app.newPerson()
    const [id = ''] = await addPeople(ada)
    const device = await app.open(ada, `/c/${id}/edit`, options)
    await see(form(device.page))
    return { ada, id, device }
  }

  it('leaves the form as it is, and what is typed on goes into it alone', async () => {
    const { ada, id, device } = await editing()
    await using _ = device
    const { page } = device
    await field(page, 'Notes').fill('Deaf: ')
    await remove(ada, id)
    await see(page.getByRole('row', { name: /^Ada/ }))
    await seeNoMore(page.getByRole('row', { name: /^Zoë/ }))
    await page.keyboard.type('adj. #4 cse')
    await see(gone(page))
    assert.equal(await field(page, 'Notes').inputValue(), 'Deaf: adj. #4 cse')
    const others = await contactsOf(ada)
    assert.equal(others.length, people.length - 1)
    assert.ok(others.every(({ label_ids }) => label_ids.length === 0))
  })

  it('comes back with what was typed by Restore and save', async () => {
    const { ada, id, device } = await editing()
    await using _ = device
    const { page } = device
    await field(page, 'Company').fill('Red Bottle')
    await remove(ada, id)
    await see(gone(page))
    await button(page, 'Restore and save').click()
    await see(notice(page, /Łukasiewicz saved/))
    await see(page.getByRole('article').getByText('Red Bottle'))
    await see(page.getByRole('button', { name: 'Sync: up to date' }))
    const { company, nickname } = await readContact(ada, id)
    assert.deepEqual({ company, nickname }, { company: 'Red Bottle', nickname: 'Zo' })
  })

  it('comes back by Ctrl+S too, where nothing was typed, and without a network', async () => {
    const { ada, id, device } = await editing({ keepsShell: true })
    await using _ = device
    const { page, context } = device
    await shellIsKept(page)
    await remove(ada, id)
    await see(gone(page))
    await context.setOffline(true)
    await page.keyboard.press('Control+s')
    await see(notice(page, /Łukasiewicz saved/))
    await see(page.getByRole('article').getByText('Blue Bottle'))
    await context.setOffline(false)
    await see(page.getByRole('button', { name: 'Sync: up to date' }))
    assert.equal((await readContact(ada, id)).company, 'Blue Bottle')
  })

  it('stays away by Discard, which leads to the list and can be undone', async () => {
    const { ada, id, device } = await editing()
    await using _ = device
    const { page } = device
    await field(page, 'Company').fill('Red Bottle')
    await remove(ada, id)
    await see(gone(page))
    await button(page, 'Discard').click()
    await see(notice(page, 'Changes discarded'))
    await page.waitForURL((url) => url.pathname === '/')
    assert.equal((await ada.get(`/api/contacts/${id}`)).statusCode, 404)
    await undoBy(page, 'Changes discarded')
    await see(gone(page))
    assert.equal(await field(page, 'Company').inputValue(), 'Red Bottle')
    await button(page, 'Restore and save').click()
    await see(page.getByRole('article').getByText('Red Bottle'))
    await see(page.getByRole('button', { name: 'Sync: up to date' }))
    assert.equal((await readContact(ada, id)).company, 'Red Bottle')
  })

  it('leaves what was typed in the form when it comes back elsewhere', async () => {
    const { ada, id, device } = await editing()
    await using _ = device
    const { page } = device
    await field(page, 'Company').fill('Red Bottle')
    await remove(ada, id)
    await see(gone(page))
    expectStatus(await ada.post(`/api/trash/${id}/restore`), 200)
    await seeNoMore(gone(page))
    assert.equal(await field(page, 'Company').inputValue(), 'Red Bottle')
    await field(page, 'Notes').fill('Bakes.')
    await page.keyboard.press('Control+s')
    await see(notice(page, /Łukasiewicz saved/))
    await untilEqual(async () => (await readContact(ada, id)).company, 'Red Bottle')
  })

  it('shows what was typed when the form is opened anew, also once it is back', async () => {
    const { ada, id, device } = await editing()
    await using _ = device
    const { page } = device
    await field(page, 'Company').fill('Red Bottle')
    await remove(ada, id)
    await see(gone(page))
    await page.reload()
    await see(gone(page))
    assert.equal(await field(page, 'Company').inputValue(), 'Red Bottle')
    expectStatus(await ada.post(`/api/trash/${id}/restore`), 200)
    await seeNoMore(gone(page))
    await see(page.getByText(/^Unsaved changes from/))
    assert.equal(await field(page, 'Company').inputValue(), 'Red Bottle')
  })

  for (const width of widths) {
    it(`is told of to everybody, at ${width} pixels`, async () => {
      const { ada, id, device } = await editing({ width })
      await using _ = device
      const { page } = device
      await field(page, 'Notes').focus()
      await remove(ada, id)
      await see(gone(page))
      await untilInSight(page)
      await requireAccessible(page)
      await requireNoSideways(page)
    })
  }
})

const form = (page: Page) => page.getByRole('form', { name: 'Edit contact' })
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const gone = (page: Page) => page.getByRole('alert', { name: 'This contact was deleted elsewhere' })

async function remove(owner: Person, id: string) {
  expectStatus(await owner.delete(`/api/contacts/${id}`), 204)
}

/** The alert, and below it the field that somebody types in. */
async function untilInSight(page: Page) {
  await until('the alert and the field to be in sight', async () => {
    const [alert, notes] = [
      await gone(page).boundingBox(),
      await field(page, 'Notes').boundingBox(),
    ]
    const { height } = page.viewportSize() ?? { height: 0 }
    if (!alert || !notes) return false
    const [top, end] = [alert.y + alert.height, notes.y + notes.height]
    return alert.y >= 0 && top < end && notes.y < height
  })
}
