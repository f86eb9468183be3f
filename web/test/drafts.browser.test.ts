import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { untilEqual } from '../../server/test/until.ts'
import { startApp, withoutBrowser, type App } from './app.ts'
import { addPeople, zoe } from './book.ts'
import { button, see } from './seen.ts'

describe('what was typed and not saved', { skip: withoutBrowser() }, () => {
  let app: App
  before(async () => {
    app = await startApp()
  })
  after(() => app[Symbol.asyncDispose]())

  it('comes back after the tab was closed in the middle of it', async () => {
    const ada = await app.newPerson()
    const [id = ''] = await addPeople(ada, [zoe])
    await using device = await app.open(ada, `/c/${id}/edit`)
    const { context, page } = device
    await firstName(page).fill('Zoey')
    // With its handlers, which it does not wait for by itself.
    await Promise.all([page.waitForEvent('close'), page.close({ runBeforeUnload: true })])
    const other = await context.newPage()
    await other.goto(`/c/${id}/edit`)
    await see(draftNote(other))
    await untilEqual(() => firstName(other).inputValue(), 'Zoey')
    await untilNothingStashed(other)
  })

  it('is kept before a phone may end the page that it put away', async () => {
    const ada = await app.newPerson()
    await using device = await app.open(ada, '/new')
    const { context, page } = device
    await firstName(page).fill('Grace')
    await hide(page)
    const other = await context.newPage()
    await other.goto('/new')
    await see(draftNote(other))
    await untilEqual(() => firstName(other).inputValue(), 'Grace')
  })

  it('has the photo that was chosen, which is saved with it', async () => {
    const ada = await app.newPerson()
    const [id = ''] = await addPeople(ada, [zoe])
    await using device = await app.open(ada, `/c/${id}/edit`)
    const { page } = device
    await choosePhoto(page)
    await page.reload()
    await see(draftNote(page))
    await button(page, 'Save').click()
    await untilEqual(async () => (await ada.get(`/api/contacts/${id}/photo`)).statusCode, 200)
    await untilNothingStashed(page)
  })

  it('has a photo, which waits to be sent where the page is closed after Save', async () => {
    const ada = await app.newPerson()
    const [id = ''] = await addPeople(ada, [zoe])
    await using device = await app.open(ada, `/c/${id}/edit`)
    const { context, page } = device
    const isPhoto = (url: URL) => url.pathname.endsWith('/photo')
    await context.route(isPhoto, (route) => route.abort())
    await choosePhoto(page)
    await button(page, 'Save').click()
    await see(page.getByText('Offline · 1 change waiting'))
    await page.close()
    await context.unroute(isPhoto)
    const other = await context.newPage()
    await other.goto('/')
    const photo = async () => (await ada.get(`/api/contacts/${id}/photo`)).statusCode
    await untilEqual(photo, 200)
    await see(button(other, 'Sync: up to date'))
  })

  it('stays away once it was discarded, however soon the page is closed', async () => {
    const ada = await app.newPerson()
    await using device = await app.open(ada, '/new')
    const { page } = device
    await firstName(page).fill('Grace')
    await page.reload()
    await see(draftNote(page))
    await button(page, 'Discard').click()
    await page.reload()
    await see(firstName(page))
    assert.equal(await draftNote(page).count(), 0)
  })

  it('stays where another tab saves, or gives up, what was typed there', async () => {
    const ada = await app.newPerson()
    await using device = await app.open(ada, '/new')
    const { context, page } = device
    for (const [end, heading] of [
      ['Save', 'Grace'],
      ['Cancel', 'Contacts'],
    ] as const) {
      const other = await context.newPage()
      await Promise.all([page.goto('/new'), other.goto('/new')])
      await firstName(page).fill('Grace')
      await firstName(other).fill('Marie')
      await hide(other)
      await untilNothingStashed(other)
      await noteStash(page)
      await button(page, end).click()
      await see(page.getByRole('heading', { name: heading }).first())
      await page.waitForFunction(() => 'stashed' in document.documentElement.dataset)
      await untilNothingStashed(other)
      await other.reload()
      await see(draftNote(other))
      await untilEqual(() => firstName(other).inputValue(), 'Marie')
      await button(other, 'Discard').click()
      await untilNothingStashed(other)
      await other.close()
    }
  })

  it('gives way to who was searched for, once it is discarded', async () => {
    const ada = await app.newPerson()
    await using device = await app.open(ada, '/new')
    const { page } = device
    await firstName(page).fill('Grace')
    await page.goto('/new?name=Marie%20Curie')
    await untilEqual(() => firstName(page).inputValue(), 'Grace')
    await button(page, 'Discard').click()
    await untilEqual(() => firstName(page).inputValue(), 'Marie')
  })

  it('is nothing that the next person on the device sees', async () => {
    const [ada, bob] = [await app.newPerson(), await app.newPerson()]
    await using device = await app.open(ada, '/new')
    const { page } = device
    await firstName(page).fill('Grace')
    await page.goto('/login?next=/new')
    await page.getByRole('textbox', { name: 'E-mail' }).fill(bob.email)
    await page.getByLabel('Password', { exact: true }).fill(bob.password)
    await button(page, 'Log in').click()
    // Somebody else begins at the start.
    await page.waitForURL((url) => url.pathname === '/')
    await page.goto('/new')
    await see(firstName(page))
    assert.equal(await draftNote(page).count(), 0)
    await untilNothingStashed(page)
  })

  it('is gone with the log-out', async () => {
    const ada = await app.newPerson()
    await using device = await app.open(ada, '/new')
    const { page } = device
    await firstName(page).fill('Grace')
    await button(page, 'Account').click()
    await page.getByRole('menuitem', { name: 'Log out' }).click()
    await button(page.getByRole('alertdialog'), 'Discard them').click()
    await page.waitForURL(/\/(welcome|login)/)
    await untilNothingStashed(page)
  })
})

const firstName = (page: Page) => page.getByRole('textbox', { name: 'First name', exact: true })
const draftNote = (page: Page) => page.getByText(/^Unsaved changes from/)

/** Nothing waits in the browser's storage for a data worker. */
const untilNothingStashed = (page: Page) =>
  page.waitForFunction(() =>
    Object.keys(localStorage).every((key) => !key.startsWith('kith-draft')),
  )

/** Has a page note that another tab stashes a draft. */
const noteStash = (page: Page) =>
  page.evaluate(() =>
    window.addEventListener('storage', ({ key, newValue }) => {
      const isDraft = key?.startsWith('kith-draft') && newValue !== null && newValue !== 'null'
      if (isDraft) document.documentElement.dataset['stashed'] = ''
    }),
  )

/** As a phone does when somebody goes to another app: the page hears no more than this. */
async function hide(page: Page) {
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' })
    document.dispatchEvent(new Event('visibilitychange'))
  })
}

async function choosePhoto(page: Page) {
  const create = { width: 64, height: 64, channels: 3, background: '#2d86c9' } as const
  const buffer = await sharp({ create }).png().toBuffer()
  const picture = { name: 'zoe.png', mimeType: 'image/png', buffer }
  await page.locator('input[type=file]').setInputFiles(picture)
  await button(page.getByRole('dialog'), 'Use photo').click()
  await see(button(page, 'Remove photo'))
}
