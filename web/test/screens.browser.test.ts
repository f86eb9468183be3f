import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import type { Person } from '../../server/test/people.ts'
import { requireAccessible } from './accessibility.ts'
import { startApp, widths, withoutBrowser, type App } from './app.ts'
import { fillBook } from './book.ts'
import { button, requireNoSideways, see, shellIsKept } from './seen.ts'

type Screen = {
  name: string
  path: (ids: { zoe: string; friends: string }) => string
  /** Waits until the screen is there. */
  isThere: (page: Page) => Promise<void>
}

const heading = (name: string) => (page: Page) => see(page.getByRole('heading', { name }))

/** Screens without a test file of their own that looks at each width. */
const screens: Screen[] = [
  {
    name: 'the list',
    path: () => '/',
    isThere: (page) => see(page.getByRole('row', { name: /Ada Lovelace/ })),
  },
  {
    name: 'the list of a label',
    path: ({ friends }) => `/label/${friends}`,
    isThere: (page) => see(page.getByRole('row', { name: /Zoë/ })),
  },
  {
    name: 'favourites',
    path: () => '/favourites',
    isThere: (page) => see(page.getByRole('row', { name: /Zoë/ })),
  },
  { name: 'a contact', path: ({ zoe }) => `/c/${zoe}`, isThere: heading('Zoë Łukasiewicz') },
  {
    name: 'a contact that is not here',
    path: () => '/c/01a20497-405b-7167-a9e2-939dbd06ad08',
    isThere: (page) => see(page.getByText('This contact is not here')),
  },
  {
    name: 'the form',
    path: ({ zoe }) => `/c/${zoe}/edit`,
    isThere: (page) => see(page.getByRole('form', { name: 'Edit contact' })),
  },
  {
    name: 'the form of a new contact',
    path: () => '/new',
    isThere: (page) => see(page.getByRole('form', { name: 'New contact' })),
  },
  {
    name: 'labels',
    path: () => '/labels',
    // The navigation has its own heading of them.
    isThere: (page) => see(page.getByRole('heading', { level: 1, name: 'Labels' })),
  },
  { name: 'birthdays', path: () => '/birthdays', isThere: heading('Birthdays') },
]

describe('every screen', { skip: withoutBrowser() }, () => {
  let app: App
  let ada: Person
  let ids: Awaited<ReturnType<typeof fillBook>>
  before(async () => {
    app = await startApp()
    ada = await app.newPerson()
    ids = await fillBook(ada)
  })
  after(() => app[Symbol.asyncDispose]())

  for (const width of widths) {
    it(`fits ${width} px, and anybody can use it`, async (test) => {
      await using device = await app.open(ada, '/', { width })
      const { page } = device
      for (const { name, path, isThere } of screens) {
        await test.test(name, async () => {
          await page.goto(path(ids))
          await isThere(page)
          await requireNoSideways(page)
          await requireAccessible(page)
        })
      }
    })
  }

  it('of an empty book says what to do', async () => {
    await using device = await app.open(await app.newPerson(), '/')
    const { page } = device
    await see(page.getByText('Bring your people'))
    assert.equal(await page.getByText('Nobody chosen').count(), 0)
    await requireAccessible(page)
  })

  it('says that it is coming, where its code takes longer', async () => {
    await using first = await app.open(ada, '/')
    await see(button(first.page, 'Sync: up to date'))
    const known = new Set(await first.page.evaluate(loadedFiles))
    await using device = await app.open(ada, '/')
    const { page } = device
    const arrival = Promise.withResolvers<void>()
    await page.route('**/assets/*.js', async (route) => {
      if (!known.has(route.request().url())) await arrival.promise
      await route.continue()
    })
    await page.goto('/settings/profile', { waitUntil: 'commit' })
    await see(page.getByRole('main').getByRole('status', { name: 'Loading' }))
    arrival.resolve()
    await see(page.getByRole('heading', { name: 'Profile' }))
  })

  it('opens offline, with what is on the device', async () => {
    await using device = await app.open(ada, '/', { keepsShell: true })
    const { page, context } = device
    await see(page.getByRole('row', { name: /Ada Lovelace/ }))
    await see(button(page, 'Sync: up to date'))
    await shellIsKept(page)
    await context.setOffline(true)
    for (const { path, isThere } of screens) {
      await page.goto(path(ids))
      await isThere(page)
    }
    await see(button(page, 'Sync: offline'))
    await requireAccessible(page)
  })
})

/** In the page: the addresses of what it has loaded. */
function loadedFiles(): string[] {
  return performance.getEntriesByType('resource').map(({ name }) => name)
}
