import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import type { Person } from '../../server/test/people.ts'
import { startApp, widths, withoutBrowser, type App } from './app.ts'
import { fillBook } from './book.ts'
import { speakPseudoLanguage } from './pseudo-language.ts'
import { requireReadable } from './readable.ts'
import { requireNoSideways, see } from './seen.ts'

const heading = (name: string) => (page: Page) => see(page.getByRole('heading', { name }))

describe('longer texts, from the right to the left', { skip: withoutBrowser() }, () => {
  let app: App
  let ada: Person
  let zoe: string
  before(async () => {
    app = await startApp()
    ada = await app.newPerson()
    ;({ zoe } = await fillBook(ada))
  })
  after(() => app[Symbol.asyncDispose]())

  const screens = (): [path: string, isThere: (page: Page) => Promise<void>][] => [
    ['/', (page) => see(page.getByRole('row', { name: /Ada Lovelace/ }))],
    [`/c/${zoe}`, heading('Zoë Łukasiewicz')],
    [`/c/${zoe}/edit`, (page) => see(page.getByRole('form'))],
    [`/c/${zoe}/history`, (page) => see(page.getByRole('list', { name: 'Versions' }))],
    ['/labels', (page) => see(page.getByText('Friends'))],
    ['/birthdays', heading('Birthdays')],
    ['/import', heading('Import')],
    ['/duplicates', (page) => see(page.getByText('Grace Hopper'))],
    ['/trash', (page) => see(page.getByText('Gustav Gone'))],
    ['/settings/profile', heading('Profile')],
    ['/settings/appearance', heading('Appearance')],
    ['/settings/devices', heading('Devices')],
    ['/settings/security', heading('Security')],
    ['/settings/calendar', heading('Calendar')],
    ['/settings/export', heading('Export')],
    ['/settings/storage', heading('Storage')],
    ['/settings/account', heading('Account')],
  ]

  for (const width of widths) {
    it(`can be read on every screen of ${width} px`, async (test) => {
      await using device = await app.openDevice({ width })
      const { page, context } = device
      await speakPseudoLanguage(context)
      await page.goto('/login')
      await requireReadable(page)
      await page.locator('[name=email]').fill(ada.email)
      await page.locator('[name=password]').fill(ada.password)
      await page.keyboard.press('Enter')
      await see(page.getByRole('grid'))
      for (const [path, isThere] of screens()) {
        await test.test(path.replace(zoe, 'zoe'), async () => {
          await page.goto(path)
          await isThere(page)
          assert.equal(await page.evaluate(() => getComputedStyle(document.body).direction), 'rtl')
          await requireNoSideways(page)
          await requireReadable(page)
        })
      }
    })
  }
})
