import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { readJson } from '../../server/test/people.ts'
import { until, untilEqual } from '../../server/test/until.ts'
import { requireAccessible } from './accessibility.ts'
import { startApp, type App, widths, withoutBrowser } from './app.ts'
import { addPeople, fillBook } from './book.ts'
import { button, notice, requireNoSideways, see, seeNoMore, undoBy } from './seen.ts'

describe('the list', { skip: withoutBrowser() }, () => {
  let app: App
  before(async () => {
    app = await startApp()
  })
  after(() => app[Symbol.asyncDispose]())

  const row = (page: Page, name: RegExp) => page.getByRole('row', { name })
  const searchbox = (page: Page) => page.getByRole('searchbox', { name: 'Search contacts' })

  async function openMany(count: number) {
    const ada = await app.newPerson()
    for (let from = 0; from < count; from += 500) {
      const people = Array.from({ length: Math.min(500, count - from) }, (_, at) => ({
        first_name: `Person ${String(from + at).padStart(5, '0')}`,
      }))
      await addPeople(ada, people)
    }
    return app.open(ada)
  }

  it('has only the rows in sight in the page, and says how many there are', async () => {
    await using device = await openMany(1_500)
    const { page } = device
    await see(page.getByText('1,500 contacts').first())
    const grid = page.getByRole('grid', { name: 'Contacts' })
    await untilEqual(() => grid.getAttribute('aria-rowcount'), '1500')
    assert.ok((await page.getByRole('row').count()) < 60)
    await row(page, /^Person 00000/).focus()
    await page.keyboard.press('End')
    await see(row(page, /^Person 01499/))
    assert.equal(await row(page, /^Person 01499/).getAttribute('aria-rowindex'), '1500')
    assert.ok((await page.getByRole('row').count()) < 60)
  })

  it('finds as one types, and keeps the search in its address', async () => {
    const ada = await app.newPerson()
    await fillBook(ada)
    await using device = await app.open(ada)
    const { page } = device
    await searchbox(page).fill('123 45 67')
    await see(row(page, /^Zoë/))
    await seeNoMore(row(page, /^Ada/))
    await page.waitForURL('**/?q=*')
    await page.reload()
    await untilEqual(() => searchbox(page).inputValue(), '123 45 67')
    await see(row(page, /^Zoë/))
    await searchbox(page).fill('nobody is called this')
    await see(page.getByText('Nobody found').first())
    await see(button(page, 'Search notes too'))
    await requireAccessible(page)
  })

  it('says that nobody matches a search any more once the last one who did is deleted', async () => {
    const ada = await app.newPerson()
    await fillBook(ada)
    await using device = await app.open(ada)
    const { page } = device
    await searchbox(page).fill('lovelace')
    await row(page, /^Ada/).hover()
    await page.getByRole('checkbox', { name: 'Select Ada Lovelace' }).click()
    await button(page, 'Delete').click()
    await see(page.getByText('No contact matches “lovelace” any more'))
    await requireAccessible(page)
    await undoBy(page, 'Ada Lovelace moved to the trash')
    await see(row(page, /^Ada/))
    await searchbox(page).fill('lovelace of nobody')
    await see(page.getByText('Nobody matches “lovelace of nobody”'))
  })

  it('marks all of a number that was searched for, however it is typed', async () => {
    const ada = await app.newPerson()
    await addPeople(ada, [{ first_name: 'Bea', company: 'Bakery', phone: '+49 170 1000007' }])
    await using device = await app.open(ada)
    const { page } = device
    await see(row(page, /^Bea/))
    for (const [search, marked] of [
      ['0170 1000007', '170 1000007'],
      ['+49 170 1000007', '+49 170 1000007'],
      ['0049 (0)170 100', '+49 170 100'],
      ['170 10', '170 10'],
      ['1000007', '1000007'],
    ] as const) {
      await searchbox(page).fill(search)
      await untilEqual(() => row(page, /^Bea/).locator('mark').allTextContents(), [marked])
    }
  })

  for (const search of ['', 'person']) {
    it(`keeps the focus on somebody whom others come before${search && ', in a search too'}`, async () => {
      const ada = await app.newPerson()
      await addPeople(
        ada,
        ['Bea', 'Dan', 'Eve'].map((first_name) => ({ first_name, last_name: 'Person' })),
      )
      await using device = await app.open(ada)
      const { page } = device
      const focused = () => page.locator('[role=row]:focus').getAttribute('aria-label')
      await searchbox(page).fill(search)
      await see(page.getByText(search ? '3 found' : '3 contacts').first())
      await see(row(page, /^Bea/))
      await searchbox(page).press('ArrowDown')
      await page.keyboard.press('ArrowDown')
      await untilEqual(focused, 'Dan Person')
      await addPeople(ada, [{ first_name: 'Cas', last_name: 'Person' }])
      await see(row(page, /^Cas/))
      await untilEqual(focused, 'Dan Person')
      await page.keyboard.press('ArrowUp')
      await untilEqual(focused, 'Cas Person')
    })
  }

  it('sorts by what is chosen, on the next device too', async () => {
    const ada = await app.newPerson()
    await addPeople(ada, [
      { first_name: 'Ada', last_name: 'Zuse' },
      { first_name: 'Zoë', last_name: 'Abel' },
    ])
    await using device = await app.open(ada)
    const { page } = device
    await see(row(page, /^Ada/))
    await button(page, 'Sort').click()
    await page.getByRole('menuitem', { name: 'Last name' }).click()
    const isFirst = async (page: Page) =>
      page.locator('[role=row][aria-rowindex="1"]', { hasText: 'Zoë' }).waitFor()
    await isFirst(page)
    await until('the order to be sent', async () => {
      const { sort } = await readJson<{ sort: string | null }>(ada, '/api/users/me/preferences')
      return sort === 'last_name'
    })
    await using other = await app.open(ada)
    await isFirst(other.page)
  })

  it('moves the selected to the trash, and brings them back', async () => {
    const ada = await app.newPerson()
    await fillBook(ada)
    await using device = await app.open(ada)
    const { page } = device
    await page.getByRole('checkbox', { name: 'Select Ada Lovelace' }).click()
    await page.getByRole('checkbox', { name: 'Select Omar Mensah' }).click()
    const bar = page.getByRole('toolbar', { name: 'Selected contacts' })
    await button(bar, 'Delete').dblclick()
    await seeNoMore(row(page, /^Omar/))
    assert.equal(new URL(page.url()).pathname, '/')
    await button(notice(page, '2 contacts moved to the trash'), 'Undo').click()
    await see(row(page, /^Omar/))
  })

  it('keeps notices off the bar of the selected', async () => {
    const ada = await app.newPerson()
    await fillBook(ada)
    await using device = await app.open(ada)
    const { page } = device
    await page.getByRole('checkbox', { name: 'Select Ada Lovelace' }).click()
    const bar = page.getByRole('toolbar', { name: 'Selected contacts' })
    await button(bar, 'Star').click()
    await until('the notice to be above the bar', async () => {
      const [said, stood] = [
        await notice(page, /favourites/).boundingBox(),
        await bar.boundingBox(),
      ]
      return said && stood && said.y + said.height <= stood.y
    })
  })

  for (const width of widths) {
    for (const theme of ['light', 'dark'] as const) {
      it(`can be used by anybody at ${width} px when it is ${theme}`, async () => {
        const ada = await app.newPerson()
        await fillBook(ada)
        await using device = await app.open(ada, '/', { width, theme })
        const { page } = device
        await see(row(page, /^Zoë/))
        await requireAccessible(page)
        await requireNoSideways(page)
        await row(page, /^Zoë/).click()
        await see(page.getByRole('article', { name: 'Zoë Łukasiewicz' }))
        await requireAccessible(page)
        await requireNoSideways(page)
      })
    }
  }

  it('selects what a finger rests on, and from then on what it taps', async () => {
    const ada = await app.newPerson()
    await fillBook(ada)
    await using device = await app.open(ada, '/', { width: 390 })
    const { page, context } = device
    // What comes above the list until then moves its rows.
    await see(page.getByText('12 contacts').first())
    const box = await row(page, /Ada Lovelace/).boundingBox()
    assert.ok(box)
    const finger = await context.newCDPSession(page)
    const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }]
    await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
    const selected = page.getByRole('toolbar', { name: 'Selected contacts' })
    await see(selected.getByText('1 selected'))
    await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await row(page, /Omar Mensah/).tap()
    await see(selected.getByText('2 selected'))
    await button(selected, 'Clear selection').tap()
    await seeNoMore(selected)
    await row(page, /Omar Mensah/).tap()
    await see(page.getByRole('heading', { level: 2, name: 'Omar Mensah' }))
  })

  it('fits a window of 320 px and twice the text', async () => {
    const ada = await app.newPerson()
    await fillBook(ada)
    await using device = await app.open(ada, '/', { width: 390 })
    const { page } = device
    await page.setViewportSize({ width: 320, height: 568 })
    await see(row(page, /^Ada/))
    await requireNoSideways(page)
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
    await requireNoSideways(page)
    await row(page, /^Ada/).click()
    await see(page.getByRole('article', { name: 'Ada Lovelace' }))
    await requireNoSideways(page)
  })
})
