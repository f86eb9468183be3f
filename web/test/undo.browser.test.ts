import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { contactsOf, readContact, trashOf } from '../../server/test/contacts.ts'
import { expectStatus, type Person } from '../../server/test/people.ts'
import { until, untilEqual } from '../../server/test/until.ts'
import { startApp, type App, withoutBrowser } from './app.ts'
import { addPeople, doubles } from './book.ts'
import { button, notice, see, seeNoMore, undoBy } from './seen.ts'

describe('what can be undone', { skip: withoutBrowser() }, () => {
  let app: App
  before(async () => {
    app = await startApp()
  })
  after(() => app[Symbol.asyncDispose]())

  const row = (page: Page, name: string) => page.getByRole('row', { name })
  const trashed = (page: Page, name: string) =>
    page.getByRole('list', { name: 'Trash' }).getByRole('listitem').filter({ hasText: name })
  const goTo = (page: Page, section: string) =>
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: section }).click()
  const upToDate = (page: Page) => see(button(page, 'Sync: up to date'))
  const movedNotice = (page: Page) => notice(page, /moved to the trash$/)

  /** A device whose owner has just deleted some of Ada, Bea and Cas, and is asked nothing. */
  async function withDeleted(...names: string[]) {
    const owner = await app.newPerson()
    const people = ['Ada', 'Bea', 'Cas'].map((first_name) => ({ first_name }))
    const ids = await addPeople(owner, people)
    const device = await app.open(owner)
    const { page } = device
    const idOf = (name: string) => ids[people.findIndex((one) => one.first_name === name)] ?? ''
    for (const name of names) {
      await row(page, name).hover()
      await page.getByRole('checkbox', { name: `Select ${name}` }).click()
    }
    await button(page.getByRole('toolbar', { name: 'Selected contacts' }), 'Delete').click()
    await see(movedNotice(page))
    await until('the deletion', async () => (await trashOf(owner)).length === names.length)
    await upToDate(page)
    return { owner, device, page, idOf }
  }

  async function requireSame(page: Page, owner: Person, names: string[]) {
    await upToDate(page)
    await goTo(page, 'Contacts')
    await see(page.getByRole('status').filter({ hasText: new RegExp(`^${names.length} contact`) }))
    for (const name of names) await see(row(page, name))
    const there = (await contactsOf(owner)).map(({ first_name: name }) => String(name))
    assert.deepEqual(there.toSorted(), names)
  }

  it('is what was typed and discarded, before anything else', async () => {
    const owner = await app.newPerson()
    await using device = await app.open(owner, '/new')
    const { page } = device
    const name = page.getByRole('textbox', { name: 'First name' })
    await name.fill('Ada')
    await button(page, 'Save').click()
    await see(notice(page, 'Ada saved'))
    await page.keyboard.press('e')
    await name.fill('Adelaide')
    await button(page, 'Cancel').click()
    await see(notice(page, /discarded/))
    await page.keyboard.press('Control+z')
    await untilEqual(() => name.inputValue(), 'Adelaide')
    await seeNoMore(notice(page, /discarded/))
    await button(page, 'Save').click()
    await requireSame(page, owner, ['Adelaide'])
  })

  it('is no deletion whose contact was restored from the trash', async () => {
    const { owner, device, page } = await withDeleted('Ada')
    await using _ = device
    await goTo(page, 'Trash')
    // Its clock stands still while it is pointed at, so that it would stay.
    await movedNotice(page).hover()
    await button(trashed(page, 'Ada'), 'Restore').press('Enter')
    await see(notice(page, 'Ada is back'))
    await seeNoMore(movedNotice(page))
    await requireSame(page, owner, ['Ada', 'Bea', 'Cas'])
  })

  it('is a restoration, which brings the contact into the open trash again, and then its deletion', async () => {
    const { owner, device, page } = await withDeleted('Ada')
    await using _ = device
    await goTo(page, 'Trash')
    await button(trashed(page, 'Ada'), 'Restore').click()
    await undoBy(page, 'Ada is back')
    await see(trashed(page, 'Ada').getByText('30 days left'))
    await requireSame(page, owner, ['Bea', 'Cas'])
    await page.keyboard.press('Control+z')
    await see(notice(page, 'Undone: “Ada moved to the trash”'))
    await requireSame(page, owner, ['Ada', 'Bea', 'Cas'])
    await page.keyboard.press('Control+z')
    await see(notice(page, 'Nothing to undo'))
  })

  it('is no deletion whose contact was restored on another device', async () => {
    const { owner, device, page, idOf } = await withDeleted('Ada')
    await using _ = device
    expectStatus(await owner.post(`/api/trash/${idOf('Ada')}/restore`), 200)
    await see(row(page, 'Ada'))
    await seeNoMore(movedNotice(page))
    await page.keyboard.press('Control+z')
    await see(notice(page, 'Nothing to undo'))
  })

  it('leaves a contact here that this device has not heard of yet that it is back', async () => {
    const { owner, device, page, idOf } = await withDeleted('Ada')
    await using _ = device
    let isDeaf = true
    await device.context.route('**/api/changes*', (route) =>
      isDeaf ? route.abort() : route.continue(),
    )
    expectStatus(await owner.post(`/api/trash/${idOf('Ada')}/restore`), 200)
    await undoBy(page, /moved to the trash$/)
    // The server refuses to restore what is not in the trash, and is asked for what it has.
    const path = `/api/contacts/${idOf('Ada')}`
    const { requested } = device.watch
    await until('it to be read', () => requested.some(({ pathname }) => pathname === path))
    isDeaf = false
    await requireSame(page, owner, ['Ada', 'Bea', 'Cas'])
    await page.reload()
    await see(row(page, 'Ada'))
    await requireSame(page, owner, ['Ada', 'Bea', 'Cas'])
  })

  it('is a deletion of several, for those that are not back', async () => {
    const { owner, device, page } = await withDeleted('Ada', 'Bea', 'Cas')
    await using _ = device
    await goTo(page, 'Trash')
    await button(trashed(page, 'Bea'), 'Restore').click()
    await see(notice(page, 'Bea is back'))
    await undoBy(page, '3 contacts moved to the trash')
    await seeNoMore(trashed(page, 'Ada'))
    await requireSame(page, owner, ['Ada', 'Bea', 'Cas'])
    assert.deepEqual(await trashOf(owner), [])
  })

  it('is a deletion of several, for those that were not deleted for good since', async () => {
    const { owner, device, page } = await withDeleted('Ada', 'Bea', 'Cas')
    await using _ = device
    await goTo(page, 'Trash')
    await button(trashed(page, 'Bea'), 'Delete for good').click()
    await button(
      page.getByRole('alertdialog', { name: 'Delete for good?' }),
      'Delete for good',
    ).click()
    await seeNoMore(trashed(page, 'Bea'))
    await undoBy(page, '3 contacts moved to the trash')
    await requireSame(page, owner, ['Ada', 'Cas'])
  })

  it('is no edit of a field that another device changed since', async () => {
    const owner = await app.newPerson()
    const [id = ''] = await addPeople(owner, [{ first_name: 'Ada', nickname: 'Addie' }])
    await using device = await app.open(owner, `/c/${id}/edit`)
    const { page } = device
    await page.getByRole('textbox', { name: 'Nickname', exact: true }).fill('Countess')
    await button(page, 'Save').click()
    const nickname = async () => (await readContact(owner, id)).nickname
    await until('the edit', async () => (await nickname()) === 'Countess')
    expectStatus(await owner.patch(`/api/contacts/${id}`, { nickname: 'Lady' }), 200)
    await see(page.getByRole('article').getByText('“Lady”'))
    await page.keyboard.press('Control+z')
    await see(notice(page, 'Nothing to undo'))
    await upToDate(page)
    assert.equal(await nickname(), 'Lady')
  })

  /** A device on which a deletion was refused, since the contact was changed elsewhere meanwhile. */
  async function withRefusedDeletion() {
    const owner = await app.newPerson()
    const [id = ''] = await addPeople(owner, [{ first_name: 'Ada' }])
    const device = await app.open(owner, `/c/${id}`)
    const { page, context } = device
    await see(page.getByRole('article'))
    await context.setOffline(true)
    expectStatus(await owner.patch(`/api/contacts/${id}`, { nickname: 'Lady' }), 200)
    await page.keyboard.press('#')
    // Its clock stands still while it is pointed at, so that it would stay.
    await movedNotice(page).hover()
    await seeNoMore(row(page, 'Ada'))
    await context.setOffline(false)
    await see(page.getByRole('alert', { name: /Ada was refused/ }))
    return { owner, device, page, id }
  }

  it('is a deletion that is asked about: its notice goes, and it is discarded', async () => {
    const { owner, device, page, id } = await withRefusedDeletion()
    await using _ = device
    await see(row(page, 'Ada'))
    await seeNoMore(movedNotice(page))
    await page.keyboard.press('Control+z')
    await seeNoMore(page.getByRole('alert', { name: /Ada was refused/ }))
    await requireSame(page, owner, ['Ada'])
    assert.equal((await readContact(owner, id)).nickname, 'Lady')
  })

  for (const which of ['Delete for good', 'Empty the trash']) {
    it(`is no deletion after “${which}”`, async () => {
      const { owner, device, page } = await withDeleted('Ada')
      await using _ = device
      await goTo(page, 'Trash')
      await see(trashed(page, 'Ada'))
      await button(page, which).first().click()
      const ask = page.getByRole('alertdialog', { name: 'Delete for good?' })
      await button(ask, 'Delete for good').click()
      await seeNoMore(movedNotice(page))
      await page.keyboard.press('Control+z')
      await see(notice(page, 'Nothing to undo'))
      await requireSame(page, owner, ['Bea', 'Cas'])
    })
  }

  it('is an edit only while its contact is here', async () => {
    const owner = await app.newPerson()
    const [id = ''] = await addPeople(owner, [{ first_name: 'Ada' }])
    await using device = await app.open(owner, `/c/${id}/edit`)
    const { page } = device
    await page.getByRole('textbox', { name: 'Company' }).fill('Engines')
    await button(page, 'Save').click()
    await see(notice(page, 'Ada saved'))
    await until('the edit', async () => (await readContact(owner, id)).company === 'Engines')
    expectStatus(await owner.delete(`/api/contacts/${id}`), 204)
    // The notice goes by itself as well, on a slow machine before the page hears of the deletion.
    await seeNoMore(row(page, 'Ada'))
    await seeNoMore(notice(page, 'Ada saved'))
    await page.keyboard.press('Control+z')
    await see(notice(page, 'Nothing to undo'))
    expectStatus(await owner.post(`/api/trash/${id}/restore`), 200)
    await see(row(page, 'Ada'))
    await page.keyboard.press('Control+z')
    await until(
      'the edit to be undone',
      async () => (await readContact(owner, id)).company === null,
    )
  })

  it('is no merge that was undone in the list of merges', async () => {
    const owner = await app.newPerson()
    await addPeople(owner, doubles)
    await using device = await app.open(owner, '/duplicates')
    const { page } = device
    await page.getByRole('button', { name: /^Merge (the|\d) certain one/ }).click()
    await see(notice(page, /group merged/))
    await button(page, 'Undo this merge').click()
    await see(notice(page, 'Grace Hopper is as before'))
    await seeNoMore(notice(page, /group merged/))
    await page.keyboard.press('Control+z')
    await see(notice(page, 'Nothing to undo'))
  })

  it('is no merge that was undone on another device', async () => {
    const owner = await app.newPerson()
    await addPeople(owner, doubles)
    await using device = await app.open(owner, '/duplicates')
    const { page } = device
    await page.getByRole('button', { name: /^Merge (the|\d) certain one/ }).click()
    await see(notice(page, /group merged/))
    const [merge] = (await owner.get('/api/merges')).json<{ merge_id: string }[]>()
    expectStatus(await owner.post(`/api/merges/${merge?.merge_id}/undo`), 200)
    await page.keyboard.press('Control+z')
    await seeNoMore(notice(page, /group merged/))
    await page.keyboard.press('Control+z')
    await see(notice(page, 'Nothing to undo'))
  })

  it('is no import that was undone on its page', async () => {
    const owner = await app.newPerson()
    await using device = await app.open(owner, '/import')
    const { page } = device
    const chooser = page.waitForEvent('filechooser')
    await button(page, 'Choose a file').click()
    const card = 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nEND:VCARD\r\n'
    const buffer = Buffer.from(card)
    await (await chooser).setFiles({ name: 'ada.vcf', mimeType: 'text/vcard', buffer })
    await button(page, 'Import 1 contact').click()
    await see(page.getByText('1 contact imported'))
    await button(page, 'Undo this import').click()
    await button(page.getByRole('alertdialog'), 'Undo this import').click()
    await see(page.getByText('This import was undone'))
    await page.keyboard.press('Control+z')
    await see(notice(page, 'Nothing to undo'))
  })
})
