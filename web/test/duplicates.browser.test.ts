import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { contactsOf } from '../../server/test/contacts.ts'
import { expectStatus } from '../../server/test/people.ts'
import { until } from '../../server/test/until.ts'
import { requireAccessible } from './accessibility.ts'
import { startApp, type App, widths, withoutBrowser } from './app.ts'
import { addPeople, doubles } from './book.ts'
import { button, notice, requireNoSideways, see, seeNoMore, shellIsKept, undoBy } from './seen.ts'

describe('duplicates', { skip: withoutBrowser() }, () => {
  let app: App
  before(async () => {
    app = await startApp()
  })
  after(() => app[Symbol.asyncDispose]())

  async function withDoubles() {
    const ada = await app.newPerson()
    await addPeople(ada, doubles)
    return ada
  }
  const list = (page: Page) => page.getByRole('list', { name: 'Duplicates' })
  const group = (page: Page, text: string) =>
    list(page)
      .getByRole('listitem')
      .filter({ hasText: text, has: button(page, 'Merge') })

  describe('duplicates', () => {
    it('say why, and are merged with what was chosen', async () => {
      const ada = await withDoubles()
      await using device = await app.open(ada, '/duplicates')
      const { page } = device
      await see(page.getByText('same number +1 415 555 0111'))
      await see(group(page, 'same e-mail grace@navy.example'))
      await button(group(page, 'Robert Miller'), 'Merge').click()
      const dialog = page.getByRole('dialog', { name: 'Merge 2 contacts' })
      await see(dialog)
      await dialog.getByRole('radio', { name: 'Bob Miller' }).check()
      await see(dialog.getByText(/Bob Miller\W+\d phone/))
      await requireAccessible(page)
      await button(dialog, 'Merge').click()
      await see(notice(page, /Miller merged/))
      await seeNoMore(group(page, 'Robert Miller'))
      const names = (await contactsOf(ada)).map(({ first_name: name }) => name)
      assert.deepEqual(names.map(String).toSorted(), ['Bob', 'Grace', 'Grace'])

      await undoBy(page, /Miller merged/)
      await see(group(page, 'Robert Miller'))
      assert.equal((await contactsOf(ada)).length, 4)
    })

    it('are undone by Ctrl+Z as well, once, after what was done later', async () => {
      const ada = await withDoubles()
      await using device = await app.open(ada, '/duplicates')
      const { page } = device
      await page.getByRole('button', { name: /^Merge (the|\d) certain one/ }).click()
      await see(notice(page, /group merged/))
      await button(group(page, 'Robert Miller'), 'Not the same').click()
      await seeNoMore(group(page, 'Robert Miller'))
      await page.keyboard.press('Control+z')
      await see(group(page, 'Robert Miller'))
      assert.equal((await contactsOf(ada)).length, 3)
      await page.keyboard.press('Control+z')
      await see(group(page, 'grace@navy.example'))
      assert.equal((await contactsOf(ada)).length, 4)
      await page.keyboard.press('Control+z')
      await see(notice(page, 'Nothing to undo'))
    })

    it('say where a merge is undone after the contact was changed', async () => {
      const ada = await withDoubles()
      await using device = await app.open(ada, '/duplicates')
      const { page } = device
      await button(group(page, 'grace@navy.example'), 'Merge').click()
      await button(page.getByRole('dialog'), 'Merge').click()
      await see(notice(page, 'Grace Hopper merged'))
      const grace = (await contactsOf(ada)).find(({ last_name: name }) => name === 'Hopper')
      expectStatus(await ada.patch(`/api/contacts/${grace?.id}`, { nickname: 'Amazing' }), 200)
      await page.keyboard.press('Control+z')
      await see(notice(page, /changed after the merge\. Undo it under “Merged lately”/))
    })

    it('show the birthday and the notes of what they become', async () => {
      const ada = await app.newPerson()
      await addPeople(ada, [
        { ...doubles[0], birthday: '--12-09', additional_data: 'Amazing.' },
        { ...doubles[1], additional_data: 'Found the moth.' },
      ])
      await using device = await app.open(ada, '/duplicates')
      const { page } = device
      await button(group(page, 'grace@navy.example'), 'Merge').click()
      const dialog = page.getByRole('dialog')
      await see(dialog.getByText('9 December'))
      await see(dialog.getByText(/Amazing\.\s+Found the moth\./))
    })

    it('lose the value that is left out', async () => {
      const ada = await withDoubles()
      await using device = await app.open(ada, '/duplicates')
      const { page } = device
      await button(group(page, 'grace@navy.example'), 'Merge').click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('checkbox', { name: '+1 212 555 0143' }).uncheck()
      await see(dialog.getByText(/Grace Hopper\W+0 phones/))
      await button(dialog, 'Merge').click()
      await see(notice(page, 'Grace Hopper merged'))
      const grace = (await contactsOf(ada)).find(({ last_name: name }) => name === 'Hopper')
      assert.deepEqual(grace?.phones, [])
    })

    it('are merged at once where they are certain, and undone later', async () => {
      const ada = await withDoubles()
      await using device = await app.open(ada, '/duplicates')
      const { page } = device
      await page.getByRole('button', { name: /^Merge (the|\d) certain one/ }).click()
      await see(notice(page, /group merged/))
      await see(page.getByRole('heading', { name: 'Merged lately' }))
      await button(page, 'Undo this merge').click()
      await see(notice(page, 'Grace Hopper is as before'))
      assert.equal((await contactsOf(ada)).length, 4)
    })

    it('are remembered as different people, until that is taken back', async () => {
      const ada = await withDoubles()
      await using device = await app.open(ada, '/duplicates')
      const { page } = device
      await button(group(page, 'Robert Miller'), 'Not the same').click()
      await seeNoMore(group(page, 'Robert Miller'))
      await page.reload()
      await see(group(page, 'grace@navy.example'))
      await seeNoMore(group(page, 'Robert Miller'))
      await button(page, 'Take back').click()
      await see(group(page, 'Robert Miller'))
    })

    it('stay away when a list that was asked for before comes later', async () => {
      const ada = await withDoubles()
      await using device = await app.open(ada, '/duplicates')
      const { page, context } = device
      await see(group(page, 'Robert Miller'))
      const late = Promise.withResolvers<void>()
      let reads = 0
      await context.route(/\/api\/duplicates\?limit=100$/, async (route) => {
        const response = await route.fetch()
        if (++reads === 1) await late.promise
        await route.fulfill({ response })
      })
      await page.evaluate(() => dispatchEvent(new Event('online')))
      await until('the list to be read', () => reads === 1)
      await button(group(page, 'Robert Miller'), 'Not the same').click()
      await until('it to be read again', () => reads === 2)
      late.resolve()
      await see(button(page, 'Take back'))
      await seeNoMore(group(page, 'Robert Miller'))
    })

    it('that were selected offline are merged once the server is there', async () => {
      const ada = await withDoubles()
      await using device = await app.open(ada, '/', { keepsShell: true })
      const { page, context } = device
      for (const name of ['Bob Miller', 'Robert Miller']) {
        await page.getByRole('checkbox', { name: `Select ${name}` }).check({ force: true })
      }
      await shellIsKept(page)
      await context.setOffline(true)
      await button(page.getByRole('toolbar', { name: 'Selected contacts' }), 'Merge').click()
      const dialog = page.getByRole('dialog', { name: 'Merge 2 contacts' })
      await see(dialog.getByText('This needs the server, which cannot be reached.'))
      await requireAccessible(page)
      await context.setOffline(false)
      await button(dialog, 'Merge').click()
      await see(notice(page, /Miller merged/))
    })

    it('say that there are none, and offline that they need the server', async () => {
      const ada = await app.newPerson()
      await using device = await app.open(ada, '/duplicates', { keepsShell: true })
      const { page, context } = device
      await see(page.getByText('No duplicates'))
      await requireAccessible(page)
      await shellIsKept(page)
      await context.setOffline(true)
      const navigation = page.getByRole('navigation', { name: 'Main' })
      await navigation.getByRole('link', { name: 'Contacts' }).click()
      await navigation.getByRole('link', { name: 'Duplicates' }).click()
      await see(page.getByText('Merging needs the server'))
      await context.setOffline(false)
      await see(page.getByText('No duplicates'))
    })

    for (const width of widths) {
      it(`fit ${width} px, and anybody can use them`, async () => {
        const ada = await withDoubles()
        await using device = await app.open(ada, '/duplicates', { width })
        const { page } = device
        await see(group(page, 'grace@navy.example'))
        await requireNoSideways(page)
        await requireAccessible(page)
        await button(group(page, 'grace@navy.example'), 'Merge').click()
        await see(page.getByRole('dialog').getByText(/Grace Hopper\W+\d/))
        await requireAccessible(page)
      })
    }
  })
})
