import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { readContact } from '../../server/test/contacts.ts'
import { expectStatus } from '../../server/test/people.ts'
import { untilEqual } from '../../server/test/until.ts'
import { requireAccessible } from './accessibility.ts'
import { logIn, startApp, withoutBrowser, type App, type Device } from './app.ts'
import { addPeople, zoe } from './book.ts'
import { button, notice, see, seeNoMore, shellIsKept } from './seen.ts'

describe('a browser without room', { skip: withoutBrowser() }, () => {
  let app: App
  before(async () => {
    app = await startApp()
  })
  after(() => app[Symbol.asyncDispose]())

  it('says so, loses nothing that is typed, and goes on once there is room', async () => {
    const ada = await app.newPerson()
    const [id = ''] = await addPeople(ada, [zoe])
    await using device = await app.openDevice()
    const { page } = device
    const disk = await limitDisk(app, device)
    await logIn(device, app.server.url, ada)
    await page.goto(`/c/${id}/edit`)
    await see(page.getByRole('row', { name: /Zoë/ }))
    await see(button(page, 'Sync: up to date'))
    await disk.fill()
    await company(page).fill('Red Bottle')
    await button(page, 'Save').click()
    await see(notice(page, /could not be saved on this device/))
    await see(page.getByRole('alert', { name: 'This browser’s storage is full' }))
    await requireAccessible(page)
    assert.equal(await company(page).inputValue(), 'Red Bottle')
    await company(page).fill('Red Bottles')

    await page.reload()
    await see(page.getByText(/^Unsaved changes from/))
    await untilEqual(() => company(page).inputValue(), 'Red Bottles')
    await disk.free()
    await button(page, 'Save').click()
    await see(notice(page, 'Zoë Łukasiewicz saved'))
    await see(button(page, 'Sync: up to date'))
    await seeNoMore(page.getByRole('alert'))
    assert.equal((await readContact(ada, id)).company, 'Red Bottles')
  })

  it('keeps what waits to be sent, and says of a press that it was not kept', async () => {
    const ada = await app.newPerson()
    const [id = ''] = await addPeople(ada, [zoe])
    await using device = await app.openDevice({ keepsShell: true })
    const { page, context } = device
    const disk = await limitDisk(app, device)
    await logIn(device, app.server.url, ada)
    await page.goto(`/c/${id}`)
    await see(page.getByRole('row', { name: /Zoë/ }))
    await see(button(page, 'Sync: up to date'))
    await shellIsKept(page)
    await context.setOffline(true)
    await see(button(page, 'Sync: offline'))
    await star(page, false).click()
    await see(star(page, true))
    await disk.fill()
    await star(page, true).click()
    await see(notice(page, 'This could not be saved on this device.'))
    await see(page.getByRole('alert', { name: 'This browser’s storage is full' }))
    await see(star(page, true))

    await disk.free()
    await context.setOffline(false)
    await see(button(page, 'Sync: up to date'))
    await seeNoMore(page.getByRole('alert'))
    assert.equal((await readContact(ada, id)).label_ids.length, 1)
  })

  it('does not call itself up to date while there is no room for what is new', async () => {
    const ada = await app.newPerson()
    const [id = ''] = await addPeople(ada, [zoe])
    await using device = await app.openDevice()
    const { page } = device
    const disk = await limitDisk(app, device)
    await logIn(device, app.server.url, ada)
    await page.goto('/')
    await see(page.getByRole('row', { name: /Zoë/ }))
    await see(button(page, 'Sync: up to date'))
    await disk.fill()
    expectStatus(await ada.patch(`/api/contacts/${id}`, { first_name: 'Zoey' }), 200)
    await see(button(page, 'Sync: the storage is full'))
    await disk.free()
    await see(page.getByRole('row', { name: /Zoey/ }))
    await see(button(page, 'Sync: up to date'))
  })

  it('shows a book that it has no room for as soon as it has', async () => {
    const ada = await app.newPerson()
    await addPeople(ada)
    await using device = await app.openDevice()
    const { page } = device
    const disk = await limitDisk(app, device)
    await disk.fill()
    await logIn(device, app.server.url, ada)
    await page.goto('/')
    await see(page.getByRole('alert', { name: 'This browser’s storage is full' }))
    await disk.free()
    await see(page.getByRole('row', { name: /Ada Lovelace/ }))
    await seeNoMore(page.getByRole('alert'))
  })
})

const company = (page: Page) => page.getByRole('textbox', { name: 'Company', exact: true })

const star = (page: Page, isPressed: boolean) =>
  page.getByRole('button', { name: 'Star', exact: true, pressed: isPressed })

const roomOctets = 20_000_000

/** Gives the app a small disk before its first page opens, which can be filled and freed. */
async function limitDisk({ server }: App, { context, page }: Device) {
  const session = await context.newCDPSession(page)
  const setRoom = (quotaSize: number) =>
    session.send('Storage.overrideQuotaForOrigin', { origin: server.url, quotaSize })
  await setRoom(roomOctets)
  await page.goto('/robots.txt')
  return {
    async fill() {
      await setRoom(1)
      // Chromium asks how much room there is only for what is larger than what it knows of.
      assert.equal(await page.evaluate(tryToStore, 2 * roomOctets), 'QuotaExceededError')
    },
    free: () => setRoom(roomOctets),
  }
}

/** @returns the name of the error; null where there was room */
async function tryToStore(octets: number): Promise<string | null> {
  const opening = indexedDB.open('filler')
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('filler'))
  const failure = await new Promise<DOMException | null>((resolve) => {
    opening.addEventListener('error', () => resolve(opening.error))
    opening.addEventListener('success', () => {
      const tx = opening.result.transaction('filler', 'readwrite')
      tx.objectStore('filler').put(new Uint8Array(octets), 0)
      tx.addEventListener('complete', () => resolve(null))
      tx.addEventListener('abort', () => resolve(tx.error))
    })
  })
  return failure?.name ?? null
}
