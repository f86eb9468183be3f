import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { readContact } from '../../server/test/contacts.ts'
import { expectStatus } from '../../server/test/people.ts'
import { untilEqual } from '../../server/test/until.ts'
import { requireAccessible } from './accessibility.ts'
import { startApp, withoutBrowser, type App, type DeviceOptions } from './app.ts'
import { addPeople, zoe } from './book.ts'
import { button, notice, requireNoSideways, see, seeNoMore, shellIsKept } from './seen.ts'

describe('what is on this device alone', { skip: withoutBrowser() }, () => {
  let app: App
  before(async () => {
    app = await startApp()
  })
  after(() => app[Symbol.asyncDispose]())

  /** Somebody with one contact, on a device that works offline. */
  async function reading(options: DeviceOptions = {}) {
    const ada = await app.newPerson()
    const [id = ''] = await addPeople(ada, [zoe])
    const device = await app.open(ada, `/c/${id}`, { keepsShell: true, ...options })
    await see(button(device.page, 'Edit'))
    await shellIsKept(device.page)
    return { ada, id, device }
  }

  /** The same with a job title that was changed here and elsewhere, away from the contact. */
  async function inConflict(options: DeviceOptions = {}) {
    const { ada, id, device } = await reading(options)
    const { page, context } = device
    await context.setOffline(true)
    await changeJob(page, 'Mine')
    await see(button(page, 'Sync: offline'))
    expectStatus(await ada.patch(`/api/contacts/${id}`, { job_title: 'Theirs' }), 200)
    await goTo(page, 'Birthdays')
    await context.setOffline(false)
    await see(button(page, 'Sync: 1 change needs a choice'))
    return { ada, id, device }
  }

  it('is seen of a conflict from everywhere, and leads to the choice', async () => {
    const { ada, id, device } = await inConflict()
    await using _ = device
    const { page } = device
    await button(page, 'Sync: 1 change needs a choice').click()
    await see(page.getByText('The server has everything but what is listed here.'))
    const conflicts = page.getByRole('list', { name: 'Changes that need a choice' })
    await see(conflicts.getByText('Zoë Łukasiewicz'))
    await requireAccessible(page, '[role=dialog]')
    await conflicts.getByRole('link', { name: 'Choose for Zoë Łukasiewicz' }).click()
    await page.waitForURL(`**/c/${id}`)
    await button(question(page), 'Keep mine').click()
    await see(button(page, 'Sync: up to date'))
    await untilEqual(async () => (await readContact(ada, id)).job_title, 'Mine')
  })

  it('is asked about of a conflict before somebody logs out', async () => {
    const { ada, id, device } = await inConflict()
    await using _ = device
    const { page } = device
    await logOut(page)
    const dialog = unsent(page)
    await see(dialog.getByText('1 change needs a choice between yours and theirs.'))
    // There is nothing that could be sent.
    assert.equal(await button(dialog, 'Send them').count(), 0)
    await requireAccessible(page, '[role=alertdialog]')
    await button(dialog, 'Stay').click()
    await seeNoMore(dialog)
    await page.goto(`/c/${id}`)
    await button(question(page), 'Keep mine').click()
    await untilEqual(async () => (await readContact(ada, id)).job_title, 'Mine')
    await see(button(page, 'Sync: up to date'))
    await logOut(page)
    await page.waitForURL('**/welcome')
  })

  it('is asked about of a form that was not saved before somebody logs out', async () => {
    const { device } = await reading()
    await using _ = device
    const { page } = device
    await button(page, 'Edit').click()
    await page.getByRole('textbox', { name: 'Nickname' }).fill('Zozo')
    await goTo(page, 'Birthdays')
    await button(page, 'Sync: up to date').click()
    await see(page.getByRole('link', { name: 'Open the form: Zoë Łukasiewicz' }))
    await page.keyboard.press('Escape')
    await logOut(page)
    await see(unsent(page).getByText('1 form was filled in and not saved.'))
    await button(unsent(page), 'Discard them').click()
    await page.waitForURL('**/welcome')
  })

  it('is sent while somebody is asked about it, and only the log-out is left', async () => {
    const { ada, id, device } = await reading()
    await using _ = device
    const { page, context } = device
    await context.setOffline(true)
    await changeJob(page, 'Mine')
    await see(button(page, 'Sync: offline'))
    await logOut(page)
    await see(unsent(page).getByText('1 change has not been sent.'))
    await see(unsent(page).getByText('The server cannot be reached.'))
    assert.equal(await button(unsent(page), 'Send them').count(), 0)
    await context.setOffline(false)
    const sent = page.getByRole('alertdialog', { name: 'Everything is on the server' })
    await see(sent)
    assert.equal(await button(sent, 'Discard them').count(), 0)
    await requireAccessible(page, '[role=alertdialog]')
    await button(sent, 'Log out').click()
    await page.waitForURL('**/welcome')
    assert.equal((await readContact(ada, id)).job_title, 'Mine')
  })

  it('is chosen once by two presses, so that it can be undone', async () => {
    const { id, device } = await inConflict()
    await using _ = device
    const { page } = device
    await page.goto(`/c/${id}`)
    await button(question(page), 'Keep theirs').dblclick()
    await seeNoMore(question(page))
    await page.keyboard.press('Control+z')
    await see(notice(page, /^Undone: /))
    await see(question(page).getByText('Mine', { exact: true }).nth(1))
  })

  it('is restored and saved where its contact was deleted elsewhere, and that is said', async () => {
    const { ada, id, device } = await reading()
    await using _ = device
    const { page, context } = device
    await context.setOffline(true)
    await changeJob(page, 'Mine')
    await see(button(page, 'Sync: offline'))
    expectStatus(await ada.delete(`/api/contacts/${id}`), 204)
    await context.setOffline(false)
    const refused = page.getByRole('alert', { name: /Zoë Łukasiewicz was refused/ })
    await see(refused.getByText(/Zoë Łukasiewicz was deleted elsewhere/))
    await button(refused, 'Show').click()
    await button(page, 'Restore and save Zoë Łukasiewicz').click()
    await see(notice(page, 'Zoë Łukasiewicz restored and saved'))
    await seeNoMore(refused)
    assert.equal((await readContact(ada, id)).job_title, 'Mine')
  })

  it('is seen on a phone, in the list and of a contact', async () => {
    const { device } = await reading({ width: 390 })
    await using _ = device
    const { page, context } = device
    await context.setOffline(true)
    await changeJob(page, 'Mine')
    const sign = button(page, 'Sync: offline')
    await see(sign.getByText('Offline · 1 change waiting'))
    await requireNoSideways(page)
    await page.getByRole('link', { name: 'Back to contacts' }).click()
    await see(sign.getByText('1', { exact: true }))
    await context.setOffline(false)
    await see(button(page, 'Sync: up to date'))
  })
})

const unsent = (page: Page) => page.getByRole('alertdialog', { name: 'Changes have not been sent' })
const question = (page: Page) =>
  page.getByRole('alert', { name: 'Somebody changed the job title of Zoë Łukasiewicz too' })

async function changeJob(page: Page, value: string) {
  await button(page, 'Edit').click()
  await page.getByRole('textbox', { name: 'Job title' }).fill(value)
  await button(page, 'Save').click()
}

async function goTo(page: Page, name: string) {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click()
}

async function logOut(page: Page) {
  await button(page, 'Account').click()
  await page.getByRole('menuitem', { name: 'Log out' }).click()
}
