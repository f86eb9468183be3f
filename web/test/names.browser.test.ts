import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import type { Person } from '../../server/test/people.ts'
import { untilEqual } from '../../server/test/until.ts'
import { startApp, withoutBrowser, type App } from './app.ts'
import { fillBook, people } from './book.ts'
import { button, notice, see, seeNoMore } from './seen.ts'

type Role = Parameters<Page['getByRole']>[0]

/** Waits until each control is there, by nothing but its role and its name. */
async function seeAll(where: Page | Locator, role: Role, names: readonly (string | RegExp)[]) {
  for (const name of names) await see(where.getByRole(role, { name, exact: true }))
}

const zoeRow = 'Zoë Łukasiewicz, Baker · Blue Bottle'

// Other programs drive the app by these names: a change of one is a change of a contract.
describe('the names and roles of controls', { skip: withoutBrowser() }, () => {
  let app: App
  let ada: Person
  let zoe: string
  before(async () => {
    app = await startApp()
    ada = await app.newPerson()
    ;({ zoe } = await fillBook(ada))
  })
  after(() => app[Symbol.asyncDispose]())

  it('of the frame', async () => {
    await using device = await app.open(ada)
    const { page } = device
    const main = page.getByRole('main', { name: 'Contacts' })
    await see(main.getByRole('heading', { name: 'Contacts', level: 1 }))
    const navigation = page.getByRole('navigation', { name: 'Main' })
    const sections = ['Contacts', 'Favourites', 'Birthdays', 'Import', 'Duplicates', 'Trash']
    await seeAll(
      navigation,
      'link',
      [...sections, 'Settings', 'Friends'].map((name) => new RegExp(`^${name}`)),
    )
    await seeAll(page, 'button', ['Sync: up to date', 'Account'])
    await page.keyboard.press('Tab')
    await untilEqual(() => focusedName(page), 'Skip to the list')
  })

  it('of the sections on the phone', async () => {
    await using device = await app.open(ada, '/', { width: 390 })
    const sections = device.page.getByRole('navigation', { name: 'Sections' })
    const controls = sections.locator('a, button')
    await see(controls)
    const namesOf = () =>
      controls.evaluateAll((all) =>
        all.map((one) => one.getAttribute('aria-label') ?? one.textContent ?? ''),
      )
    await untilEqual(namesOf, ['Contacts', 'Birthdays', 'Labels', 'Menu'])
  })

  it('of the list', async () => {
    await using device = await app.open(ada)
    const { page } = device
    await seeAll(page, 'searchbox', ['Search contacts'])
    await seeAll(page, 'button', ['New contact'])
    await button(page, 'Sort').click()
    await see(page.getByRole('menu'))
    const orders = ['First name', 'Last name', 'Recently changed']
    // With a tick at the one that is chosen, they are items of the menu that are radios.
    await seeAll(page, 'menuitem', orders)
    await page.keyboard.press('Escape')

    const grid = page.getByRole('grid', { name: 'Contacts' })
    const row = grid.getByRole('row', { name: zoeRow })
    await see(row)
    await untilEqual(
      async () => Number(await grid.getAttribute('aria-rowcount')),
      people.length + 4,
    )
    assert.match((await row.getAttribute('aria-rowindex')) ?? '', /^\d+$/)
    assert.match((await row.getAttribute('aria-selected')) ?? '', /^(true|false)$/)
    // One tab stop.
    await untilEqual(() => grid.locator('[tabindex="0"]').count(), 1)
    await see(page.getByRole('status').getByText(`${people.length + 4} contacts`))

    await page.getByRole('searchbox', { name: 'Search contacts' }).fill('hopper')
    await see(page.getByRole('status').getByText('2 found'))
    await page.getByRole('searchbox', { name: 'Search contacts' }).fill('zzzz')
    await see(page.getByRole('status').getByText('Nobody found'))
    await page.getByRole('searchbox', { name: 'Search contacts' }).fill('')
    await see(row)

    await row.hover()
    await grid.getByRole('checkbox', { name: 'Select Zoë Łukasiewicz' }).click()
    const bar = page.getByRole('toolbar', { name: 'Selected contacts' })
    await see(bar.getByText('1 selected'))
    const actions = ['Label', 'Star', 'Merge', 'Export', 'Delete', 'Clear selection']
    await seeAll(bar, 'button', actions)
    await button(bar, 'Clear selection').click()
    await seeNoMore(bar)
  })

  it('of a contact', async () => {
    await using device = await app.open(ada, `/c/${zoe}`)
    const { page } = device
    const article = page.getByRole('article', { name: 'Zoë Łukasiewicz' })
    await see(article.getByRole('heading', { name: 'Zoë Łukasiewicz', level: 2 }))
    await seeAll(article, 'button', ['Edit', 'Star', 'Share', 'More', 'Copy +48 22 123 45 67'])
    assert.match((await button(article, 'Star').getAttribute('aria-pressed')) ?? '', /true|false/)
    await seeAll(article, 'link', ['Call', 'Message', 'E-mail', 'Map'])
    await seeAll(article, 'list', ['Labels'])
    await button(article, 'More').click()
    const items = ['History', 'Label', 'Print', 'Export vCard', 'Delete']
    await seeAll(page, 'menuitem', items)
    await page.keyboard.press('Escape')
    await button(article, 'Copy +48 22 123 45 67').first().click()
    await see(notice(page, 'Copied'))
  })

  it('of the way back on the phone', async () => {
    await using device = await app.open(ada, `/c/${zoe}`, { width: 390 })
    await seeAll(device.page, 'link', ['Back to contacts'])
  })

  it('of the form', async () => {
    await using device = await app.open(ada, `/c/${zoe}/edit`)
    const { page } = device
    const form = page.getByRole('form', { name: 'Edit contact' })
    const names = ['First name', 'Last name', 'Company', 'Job title', 'Notes']
    await seeAll(form, 'textbox', names)
    const more = button(form, 'More names')
    if ((await more.getAttribute('aria-expanded')) === 'false') await more.click()
    const others = ['Department', 'Nickname', 'Prefix', 'Middle name', 'Suffix']
    await seeAll(form, 'textbox', others)
    const groups = ['Phones', 'E-mails', 'Addresses', 'Dates', 'Links', 'Messengers', 'Relations']
    await seeAll(form, 'group', [...groups, 'Own fields', 'Birthday'])
    const phones = form.getByRole('group', { name: 'Phones' })
    await seeAll(phones, 'combobox', ['Phone label'])
    await seeAll(phones, 'textbox', ['Phone'])
    await seeAll(phones, 'button', ['Remove phone', 'Add phone'])
    const address = ['Street', 'City', 'Region', 'Postal code', 'Country']
    await seeAll(form.getByRole('group', { name: 'Addresses' }), 'textbox', address)
    const birthday = form.getByRole('group', { name: 'Birthday' })
    await seeAll(birthday, 'textbox', ['Day', 'Year (optional)'])
    await see(birthday.getByRole('button', { name: /Month/ }))
    await seeAll(form, 'combobox', ['Labels'])
    await seeAll(form, 'button', ['Save', 'Cancel', 'Add photo', 'Delete contact'])

    await form.getByRole('textbox', { name: 'Day' }).fill('31')
    await birthday.getByRole('button', { name: /Month/ }).click()
    await page.getByRole('option', { name: 'April' }).click()
    await phones.getByRole('textbox', { name: 'Phone', exact: true }).first().fill('!')
    await button(form, 'Save').click()
    await see(page.getByRole('alert').getByText('2 fields need a look'))
  })

  it('of the form of a new contact', async () => {
    await using device = await app.open(ada, '/new')
    const form = device.page.getByRole('form', { name: 'New contact' })
    await seeAll(form, 'textbox', ['First name'])
    await untilEqual(() => focusedName(device.page), 'First name')
  })

  it('of what lies over the page', async () => {
    await using device = await app.open(ada)
    const { page } = device
    await see(page.getByRole('row', { name: zoeRow }))
    await page.keyboard.press('Control+k')
    const commands = page.getByRole('dialog', { name: 'Commands' })
    await see(commands.getByRole('searchbox', { name: 'Type a command or a name' }))
    await see(page.getByRole('menu', { name: 'Commands' }))
    await page.keyboard.press('Escape')
    await seeNoMore(commands)
    await page.keyboard.press('?')
    await see(page.getByRole('dialog', { name: 'Keyboard shortcuts' }))
    await page.keyboard.press('Escape')

    await page.goto(`/c/${zoe}`)
    await button(page, 'Share').click()
    await see(page.getByRole('dialog', { name: 'Share Zoë Łukasiewicz' }))
    await page.keyboard.press('Escape')
    await button(page, 'More').click()
    await page.getByRole('menuitem', { name: 'Delete', exact: true }).click()
    const gone = notice(page, 'Zoë Łukasiewicz moved to the trash')
    await seeAll(gone, 'button', ['Undo', 'Dismiss'])
    await button(gone, 'Undo').click()
    await see(page.getByRole('row', { name: zoeRow }))
  })
})

/** The accessible name of what has the focus. */
function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const one = document.activeElement
    const label = one instanceof HTMLInputElement ? one.labels?.[0]?.textContent : null
    return one?.getAttribute('aria-label') ?? label ?? one?.textContent ?? ''
  })
}
