import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { readContact } from '../../server/test/contacts.ts'
import { expectStatus } from '../../server/test/people.ts'
import { until, untilEqual } from '../../server/test/until.ts'
import { requireAccessible } from './accessibility.ts'
import { startApp, type App, withoutBrowser } from './app.ts'
import { addPeople, fillBook } from './book.ts'
import { notice, see, seeNoMore } from './seen.ts'

describe('the keyboard alone', { skip: withoutBrowser() }, () => {
  let app: App
  before(async () => {
    app = await startApp()
  })
  after(() => app[Symbol.asyncDispose]())

  const row = (page: Page, name: RegExp) => page.getByRole('row', { name })
  const article = (page: Page, name: string) => page.getByRole('article', { name })
  const press = async (page: Page, ...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }

  async function withBook() {
    const ada = await app.newPerson()
    const { zoe } = await fillBook(ada)
    return { ada, zoe }
  }
  async function openBook() {
    const { ada, zoe } = await withBook()
    const device = await app.open(ada)
    await see(row(device.page, /^Zoë/))
    return { ada, zoe, device }
  }

  /** What has the focus, in words: its role or element, and what it says. */
  const focused = (page: Page) =>
    page.evaluate(() => {
      const { tagName, textContent, ariaLabel, dataset } = document.activeElement as HTMLElement
      return `${tagName} ${ariaLabel ?? dataset['id'] ?? textContent}`
    })
  const keeps = (page: Page, words: RegExp) =>
    until(`the focus on ${words}`, async () => words.test(await focused(page)))

  describe('keeps the focus near what goes', () => {
    it('in the trash, down to the last row', async () => {
      const ada = await app.newPerson()
      const ids = await addPeople(ada, [{ first_name: 'Bea' }, { first_name: 'Cas' }])
      for (const id of ids) expectStatus(await ada.delete(`/api/contacts/${id}`), 204)
      await using device = await app.open(ada, '/trash')
      const { page } = device
      const restore = page.getByRole('button', { name: 'Restore' })
      await restore.first().focus()
      await press(page, 'Enter')
      await untilEqual(() => restore.count(), 1)
      await keeps(page, /^BUTTON Restore/)
      await press(page, 'Enter')
      await keeps(page, /^H\d /)
    })

    it('from screen to screen, and below a contact that is deleted', async () => {
      const { device } = await openBook()
      await using _device = device
      const { page } = device
      await row(page, /^Zoë/).focus()
      await press(page, 'g', 't')
      await keeps(page, /^H1 Trash/)
      await press(page, 'g', 'c')
      await until('a row', () =>
        page.evaluate(() => document.activeElement?.matches('[role=row]') === true),
      )
      await row(page, /^Zoë/).focus()
      await press(page, 'Enter')
      await see(article(page, 'Zoë Łukasiewicz'))
      await press(page, '#')
      await seeNoMore(row(page, /^Zoë/))
      await until('another row', () =>
        page.evaluate(() => document.activeElement?.matches('[role=row]') === true),
      )
    })

    it('where a dialog was opened that took its button away', async () => {
      const ada = await app.newPerson()
      for (const name of ['Friends', 'Work']) {
        expectStatus(await ada.post('/api/labels', { name }), 201)
      }
      await using device = await app.open(ada, '/labels')
      const { page } = device
      await page.getByRole('button', { name: 'Delete label Friends' }).focus()
      await press(page, 'Enter')
      await page
        .getByRole('alertdialog')
        .getByRole('button', { name: 'Delete' })
        .last()
        .press('Enter')
      await keeps(page, /^BUTTON Delete label Work/)
    })
  })

  it('finds, edits, saves and undoes', async () => {
    const { ada, zoe, device } = await openBook()
    await using _device = device
    const { page } = device
    await press(page, '/')
    await page.keyboard.type('łukas')
    await see(page.getByText('1 found').first())
    await press(page, 'ArrowDown', 'Enter')
    await see(article(page, 'Zoë Łukasiewicz'))
    await press(page, 'e')
    await see(page.getByRole('form', { name: 'Edit contact' }))
    await page.getByRole('textbox', { name: 'Company', exact: true }).focus()
    await press(page, 'Control+a')
    await page.keyboard.type('Red Bottle')
    await press(page, 'Control+Enter')
    await see(notice(page, 'Zoë Łukasiewicz saved'))
    await see(row(page, /Red Bottle/))
    await press(page, 'z')
    await see(row(page, /Blue Bottle/))
    await see(page.getByRole('button', { name: 'Sync: up to date' }))
    assert.equal((await readContact(ada, zoe)).company, 'Blue Bottle')
  })

  for (const [key, code, place] of [
    ['e', /edit-contact/, 'textbox'],
    ['Control+k', /palette/, 'searchbox'],
    ['l', /open-label-picker/, 'textbox'],
  ] as const) {
    it(`types into what ${key} opens, also before that is there`, async () => {
      const { ada, zoe, device } = await openBook()
      await using _device = device
      const { page } = device
      const { label_ids: before } = await readContact(ada, zoe)
      const { promise: loading, resolve: load } = Promise.withResolvers<void>()
      await page.route(code, async (route) => {
        await loading
        await route.continue()
      })
      await row(page, /^Zoë/).click()
      await see(article(page, 'Zoë Łukasiewicz'))
      await press(page, key)
      await page.keyboard.type('sx#c')
      await press(page, 'Backspace')
      load()
      const field = page.locator(':focus').and(page.getByRole(place))
      await until('the field', async () => /sx#(?!c)/.test(await field.inputValue()))
      assert.deepEqual((await readContact(ada, zoe)).label_ids, before)
    })
  }

  it('goes on to the next field by a Tab that was typed before the form is there', async () => {
    const { device } = await openBook()
    await using _device = device
    const { page } = device
    const { promise: loading, resolve: load } = Promise.withResolvers<void>()
    await page.route(/edit-contact/, async (route) => {
      await loading
      await route.continue()
    })
    await press(page, 'c')
    await page.keyboard.type('Grace')
    await press(page, 'Tab')
    await page.keyboard.type('Hopper')
    await press(page, 'Tab', 'Shift+Tab')
    load()
    const field = (name: string) => page.getByRole('textbox', { name, exact: true })
    await untilEqual(() => field('Last name').inputValue(), 'Hopper')
    assert.equal(await field('First name').inputValue(), 'Grace')
    await see(field('Last name').and(page.locator(':focus')))
  })

  it('goes to every screen by g and a letter, of which none runs a command of its own', async () => {
    const { ada, zoe, device } = await openBook()
    await using _device = device
    const { page } = device
    const { label_ids: before } = await readContact(ada, zoe)
    await row(page, /^Zoë/).click()
    for (const [key, path] of [
      ['s', '/settings'],
      ['c', '/'],
      ['f', '/favourites'],
      ['b', '/birthdays'],
      ['d', '/duplicates'],
      ['t', '/trash'],
    ] as const) {
      await press(page, 'g', key)
      await page.waitForURL((url) => url.pathname === path)
    }
    assert.deepEqual((await readContact(ada, zoe)).label_ids, before)
  })

  it('holds no keys back for a form that is open already', async () => {
    const { ada } = await withBook()
    await using device = await app.open(ada, '/new')
    const { page } = device
    await page.getByRole('button', { name: 'Cancel' }).focus()
    await press(page, 'c', 'Tab')
    await see(page.getByRole('button', { name: 'Save' }).and(page.locator(':focus')))
  })

  it('moves through the list, and the contact follows', async () => {
    const { device } = await openBook()
    await using _device = device
    const { page } = device
    await press(page, 'j')
    await see(article(page, 'Ada Lovelace'))
    await press(page, 'End')
    const count = await page.getByRole('grid', { name: 'Contacts' }).getAttribute('aria-rowcount')
    await see(page.locator(`[aria-rowindex="${count}"]:focus`))
    await press(page, 'Home', 'Shift+Z')
    await see(article(page, 'Zoë Łukasiewicz'))
    await press(page, 'Enter')
    await see(page.locator('h2:focus'))
    await press(page, 'Escape')
    await see(page.locator('[role=row]:focus'))
  })

  it('runs no command while somebody types on into a field that went away', async () => {
    const { ada, zoe, device } = await openBook()
    await using _device = device
    const { page } = device
    await row(page, /^Zoë/).click()
    await see(article(page, 'Zoë Łukasiewicz'))
    await press(page, 'e')
    await page.getByRole('textbox', { name: 'Notes', exact: true }).focus()
    await page.keyboard.type('Sour')
    await page.goBack()
    await seeNoMore(page.getByRole('form', { name: 'Edit contact' }))
    await page.keyboard.type('# c')
    await press(page, 'Delete', 'Tab', 'c')
    await see(page.getByRole('form', { name: 'New contact' }))
    await see(row(page, /^Zoë/))
    await readContact(ada, zoe)
  })

  it('goes back to the list, and clears the search, by Escape', async () => {
    const { device } = await openBook()
    await using _device = device
    const { page } = device
    await press(page, 'c')
    await see(page.getByRole('form', { name: 'New contact' }))
    await press(page, 'Escape')
    await see(page.locator('[role=row]:focus'))
    await press(page, '/')
    await page.keyboard.type('łukas')
    await see(page.getByText('1 found').first())
    await press(page, 'ArrowDown', 'Escape')
    await see(row(page, /^Ada Lovelace/))
    const searchbox = page.getByRole('searchbox', { name: 'Search contacts' })
    await untilEqual(() => searchbox.inputValue(), '')
  })

  it('selects, extends, deletes and takes it back', async () => {
    const { device } = await openBook()
    await using _device = device
    const { page } = device
    await press(page, 'j', 'x', 'Shift+ArrowDown')
    await see(page.getByRole('toolbar', { name: 'Selected contacts' }).getByText('2 selected'))
    await requireAccessible(page)
    await press(page, 'Escape')
    await seeNoMore(page.getByRole('toolbar', { name: 'Selected contacts' }))
    await press(page, 'x', 'Shift+ArrowUp', '#')
    await see(notice(page, '2 contacts moved to the trash'))
    await seeNoMore(row(page, /^Ada Lovelace/))
    await press(page, 'Control+z')
    await see(row(page, /^Ada Lovelace/))
  })

  it('finds commands and people in the palette, and every key in the sheet', async () => {
    const { device } = await openBook()
    await using _device = device
    const { page } = device
    await press(page, 'Control+k')
    const palette = page.getByRole('dialog', { name: 'Commands' })
    await palette.getByRole('searchbox', { name: 'Type a command or a name' }).fill('omar')
    await see(palette.getByRole('menu', { name: 'Commands' }).getByText('Omar Mensah'))
    await press(page, 'Enter')
    await see(article(page, 'Omar Mensah'))
    await press(page, '?')
    await see(page.getByRole('dialog', { name: 'Keyboard shortcuts' }))
    await requireAccessible(page)
    await press(page, 'Escape', 'g', 't')
    await see(page.getByRole('main', { name: 'Trash' }))
  })

  it('opens the first that is found where Enter came before it was, also before the palette', async () => {
    const { device } = await openBook()
    await using _device = device
    const { page } = device
    await press(page, 'Control+k', 'o', 'm', 'a', 'r', 'Enter')
    await see(article(page, 'Omar Mensah'))
    await seeNoMore(page.getByRole('dialog', { name: 'Commands' }))
    await press(page, 'Control+k', 'l', 'o', 'v', 'e', 'Enter')
    await see(article(page, 'Ada Lovelace'))
  })

  it('writes letters into fields, and into nothing else once single keys are off', async () => {
    const { ada } = await withBook()
    await addPeople(ada, [{ first_name: 'Ce' }])
    await ada.patch('/api/users/me/preferences', { single_keys: false })
    await using device = await app.open(ada)
    const { page } = device
    await see(row(page, /^Ce/))
    await see(page.getByRole('button', { name: 'Sync: up to date' }))
    await press(page, 'c', 'Control+f')
    await page.keyboard.type('ce')
    const searchbox = page.getByRole('searchbox', { name: 'Search contacts' })
    await untilEqual(() => searchbox.inputValue(), 'ce')
    await see(page.getByText(/found/).first())
    assert.equal(new URL(page.url()).pathname, '/')
  })

  it('has one way in to the list, and begins with the way past the navigation', async () => {
    const { device } = await openBook()
    await using _device = device
    const { page } = device
    await press(page, 'Tab')
    await see(page.locator(':focus', { hasText: 'Skip to the list' }))
    await press(page, 'Enter')
    await see(page.locator('[role=row]:focus'))
    await untilEqual(() => page.locator('[role=grid] [tabindex="0"]').count(), 1)
  })
})
