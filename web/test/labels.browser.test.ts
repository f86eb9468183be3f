import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { readJson, type Person } from '../../server/test/people.ts'
import { untilEqual } from '../../server/test/until.ts'
import { requireAccessible } from './accessibility.ts'
import { startApp, widths, withoutBrowser } from './app.ts'
import { addLabel, addPeople, fillBook, label } from './book.ts'
import { shellIsKept } from './seen.ts'

type Label = { id: string; name: string; colour: string | null; contacts: number }

const skip = withoutBrowser()
if (!skip) await describeLabels()

async function describeLabels() {
  const app = await startApp()
  after(() => app[Symbol.asyncDispose]())
  const labelsOf = (owner: Person) => readJson<Label[]>(owner, '/api/labels')

  describe('the labels', () => {
    it('are made, renamed, coloured and deleted', async () => {
      const ada = await app.newPerson()
      await using device = await app.open(ada, '/labels')
      const { page } = device
      await press(page, 'New label')
      await page.getByRole('textbox', { name: 'Name' }).fill('Friends')
      await page.getByRole('radio', { name: 'Teal' }).check({ force: true })
      await press(page, 'Create label')
      const list = page.getByRole('main').getByRole('list', { name: 'Labels' })
      await list.getByRole('link', { name: /Friends/ }).waitFor()
      const [made] = await labelsOf(ada)
      assert.deepEqual([made?.name, made?.colour], ['Friends', '#1a938a'])

      await press(page, 'New label')
      await page.getByRole('textbox', { name: 'Name' }).fill('friends')
      await press(page, 'Create label')
      await page.getByText('There is already a label with this name.').waitFor()
      await page.keyboard.press('Escape')

      await press(page, 'Edit label Friends')
      await page.getByRole('textbox', { name: 'Name' }).fill('Best friends')
      await press(page, 'Save label')
      await list.getByRole('link', { name: /Best friends/ }).waitFor()

      await press(page, 'Delete label Best friends')
      await press(page, 'Delete the label')
      await page.getByText('No labels yet').waitFor()
      assert.deepEqual(await labelsOf(ada), [])
    })

    it('are deleted with their contacts, and come back with them', async () => {
      const ada = await app.newPerson()
      const { friends } = await fillBook(ada)
      await using device = await app.open(ada, '/labels')
      const { page } = device
      await press(page, 'Delete label Friends')
      await press(page, 'Delete it and its contact')
      const notice = page.getByRole('alertdialog', { name: 'Label Friends deleted' })
      await notice.waitFor()
      assert.equal(
        (await labelsOf(ada)).some(({ id }) => id === friends),
        false,
      )
      await notice.getByRole('button', { name: 'Undo' }).click()
      await page
        .getByRole('main')
        .getByRole('link', { name: /Friends.*1 contact/ })
        .waitFor()
    })

    it('are given to a contact, also by a new name', async () => {
      const ada = await app.newPerson()
      const [id = ''] = await addPeople(ada)
      await label(ada, id, await addLabel(ada, 'Work'))
      await using device = await app.open(ada, `/c/${id}`)
      const { page } = device
      await page.getByRole('article').waitFor()
      await page.keyboard.press('l')
      const dialog = page.getByRole('dialog', { name: 'Labels of the contact' })
      await dialog.getByRole('checkbox', { name: 'Work' }).click({ force: true })
      await page.getByRole('alertdialog', { name: 'Label Work removed' }).waitFor()
      await dialog.getByRole('textbox').fill('Choir')
      await page.keyboard.press('Enter')
      await dialog.getByRole('checkbox', { name: 'Choir' }).waitFor()
      await page.keyboard.press('Escape')
      const chips = page.getByRole('article').getByRole('list', { name: 'Labels' })
      await untilEqual(() => chips.getByRole('link').allTextContents(), ['Choir'])
    })

    it('are offered to be made in the form of a contact, as the first one too', async () => {
      const ada = await app.newPerson()
      await using device = await app.open(ada, '/new')
      const { page } = device
      await page.getByRole('textbox', { name: 'First name' }).fill('Ada')
      await page.getByRole('combobox', { name: 'Labels' }).focus()
      await page.keyboard.type('Friends')
      await page.getByRole('option', { name: 'New label “Friends”' }).click()
      await page.getByRole('option').waitFor({ state: 'hidden' })
      await press(page, 'Save')
      await untilEqual(async () => (await labelsOf(ada)).map(({ name }) => name).join(), 'Friends')
    })

    for (const [name, leave] of Object.entries({
      'Ctrl+S': (page: Page) => page.keyboard.press('Control+s'),
      // The open list hides it from those who find it by its role, not from a pointer.
      'the button': (page: Page) => page.locator('button[type=submit]').click(),
      'Tab, then Ctrl+S': async (page: Page) => {
        await page.keyboard.press('Tab')
        await page.getByRole('button', { name: 'Remove Choir', exact: true }).waitFor()
        await page.keyboard.press('Control+s')
      },
    })) {
      it(`are taken as they were typed when the form is saved by ${name}`, async () => {
        const ada = await app.newPerson()
        await addLabel(ada, 'Work')
        await using device = await app.open(ada, '/new')
        const { page } = device
        await page.getByRole('textbox', { name: 'First name' }).fill('Ada')
        const field = page.getByRole('combobox', { name: 'Labels' })
        await field.fill('work')
        await page.keyboard.press('Enter')
        await page.getByRole('button', { name: 'Remove Work', exact: true }).waitFor()
        await field.pressSequentially('Choir')
        await leave(page)
        const chips = page.getByRole('article').getByRole('list', { name: 'Labels' })
        await untilEqual(() => chips.getByRole('link').allTextContents(), ['Choir', 'Work'])
      })
    }

    it('say so when there is no connection', async () => {
      const ada = await app.newPerson()
      await addLabel(ada, 'Work')
      await using device = await app.open(ada, '/labels', { keepsShell: true })
      const { page, context } = device
      await page.getByRole('button', { name: 'Edit label Work' }).waitFor()
      await shellIsKept(page)
      await context.setOffline(true)
      await page.getByText(/You are offline/).waitFor()
      await page.getByRole('button', { name: 'New label', disabled: true }).waitFor()
      await context.setOffline(false)
      await page.getByRole('button', { name: 'New label', disabled: false }).waitFor()
    })

    for (const width of widths) {
      it(`are for everybody, at ${width} pixels`, async () => {
        const ada = await app.newPerson()
        await fillBook(ada)
        await using device = await app.open(ada, '/labels', { width })
        const { page } = device
        await page.getByRole('button', { name: 'Edit label Friends' }).waitFor()
        await requireAccessible(page)
        await press(page, 'Edit label Friends')
        await page.getByRole('dialog', { name: 'Edit label' }).waitFor()
        await requireAccessible(page, '[role=dialog]')
      })
    }
  })

  describe('the star', () => {
    it('makes favourites, and takes them back', async () => {
      const ada = await app.newPerson()
      const [id = ''] = await addPeople(ada)
      await using device = await app.open(ada, `/c/${id}`)
      const { page } = device
      const star = page.getByRole('article').getByRole('button', { name: 'Star' })
      await star.click()
      await page.getByRole('link', { name: /^Favourites/ }).click()
      await page.getByRole('row', { name: /Zoë Łukasiewicz/ }).click()
      await star.and(page.locator('[aria-pressed=true]')).waitFor()
      await star.click()
      await page.getByText('No favourites yet').waitFor()
    })
  })
}

async function press(page: Page, name: string) {
  await page.getByRole('button', { name, exact: true }).click()
}
