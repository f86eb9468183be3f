import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import type { ImportEntry } from '../../server/src/imports/schema.ts'
import { contactsOf } from '../../server/test/contacts.ts'
import { until } from '../../server/test/until.ts'
import { requireAccessible } from './accessibility.ts'
import { startApp, type App, widths, withoutBrowser } from './app.ts'
import { addPeople } from './book.ts'
import { button, notice, requireNoSideways, see, shellIsKept, undoBy } from './seen.ts'

const card = (name: string, ...lines: string[]) =>
  ['BEGIN:VCARD', 'VERSION:3.0', `FN:${name}`, ...lines, 'END:VCARD', ''].join('\r\n')
const broken = card('Nobody \0 at all')
const others = card('Ada', 'EMAIL:ada@example.org') + card('Grace', 'EMAIL:grace@example.org')
const file = others + card('Omar Mensah', 'EMAIL:omar@acme.example')

describe('importing', { skip: withoutBrowser() }, () => {
  let app: App
  before(async () => {
    app = await startApp()
  })
  after(() => app[Symbol.asyncDispose]())

  async function choose(
    page: Page,
    content: string,
    name = 'contacts.vcf',
    words = 'Choose a file',
  ) {
    await see(button(page, words))
    const chooser = page.waitForEvent('filechooser')
    await button(page, words).click()
    const chosen = { name, mimeType: 'text/vcard', buffer: Buffer.from(content) }
    await (await chooser).setFiles(chosen)
  }
  const step = (page: Page, name: string) =>
    page.getByRole('list', { name: 'Steps' }).locator(`[aria-current="step"]`, { hasText: name })
  const table = (page: Page) => page.getByRole('table', { name: 'Preview' })

  describe('an import', () => {
    it('goes from a file by a preview to the book, and back', async () => {
      const ada = await app.newPerson()
      const [omar = ''] = await addPeople(ada, [{ first_name: 'Omar', last_name: 'Mensah' }])
      const known = card('Omar Mensah', `UID:${omar}`, 'N:Mensah;Omar;;;', 'TEL:+49 30 123456')
      await using device = await app.open(ada, '/import')
      const { page } = device
      await see(page.getByRole('heading', { name: 'Import', level: 1 }))
      await see(step(page, 'File'))
      await choose(page, others + known)

      await see(step(page, 'Preview'))
      await see(table(page))
      await button(page, '2 new').click()
      await see(table(page).getByRole('row', { name: /new/ }).nth(1))
      await button(page, '2 new').click()
      assert.equal((await contactsOf(ada)).length, 1, 'a preview writes nothing')
      await button(page, '1 updated').click()
      await see(table(page).getByRole('row', { name: /Omar Mensah/ }))

      await button(page, 'Import 3 contacts').click()
      await see(step(page, 'Result'))
      await see(page.getByText('3 contacts imported'))
      await see(page.getByRole('link', { name: 'Look for duplicates' }))
      assert.equal((await contactsOf(ada)).length, 3)

      await button(page, 'Undo this import').click()
      const question = page.getByRole('alertdialog', { name: 'Undo this import?' })
      await see(question.getByText('2 contacts that it added go to the trash.'))
      await see(question.getByText('1 contact that it changed becomes what it was.'))
      await requireAccessible(page, '[role=alertdialog]')
      await button(question, 'Undo this import').click()
      await see(page.getByText('This import was undone'))
      assert.equal((await contactsOf(ada)).length, 1)
    })

    it('says why entries are broken, and what there is to tell of others, and gives the broken ones back as a file', async () => {
      const ada = await app.newPerson()
      await using device = await app.open(ada, '/import')
      const { page } = device
      await choose(page, card('Ada', 'BDAY:1988-13-45') + broken)
      await see(table(page).getByRole('row', { name: /broken/ }))
      await requireAccessible(page)
      await button(page, 'Import 1 contact').click()
      const remarked = page.getByRole('table', { name: 'imported with a remark' })
      await see(remarked.getByRole('row', { name: /Ada.*“1988-13-45”/ }))
      const download = page.waitForEvent('download')
      await button(page, 'Download the 1 that failed').click()
      assert.match(await readFile(await (await download).path(), 'utf8'), /FN:Nobody/)
    })

    it('tells in its result of entries that were updated and of groups as well', async () => {
      const ada = await app.newPerson()
      const [omar = ''] = await addPeople(ada, [{ first_name: 'Omar', last_name: 'Mensah' }])
      const known = card('Omar Mensah', `UID:${omar}`, 'N:Mensah;Omar;;;', 'BDAY:1988-13-45')
      const lines = [
        'X-ADDRESSBOOKSERVER-KIND:group',
        `X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:${omar}`,
      ]
      await using device = await app.open(ada, '/import')
      const { page } = device
      await choose(page, known + card('Choir', ...lines) + card('Grace') + broken)
      await see(table(page))
      await page.getByRole('button', { name: /^Import \d contacts?$/ }).click()
      const remarked = page.getByRole('table', { name: 'imported with a remark' })
      await see(remarked.getByRole('row', { name: /Omar Mensah updated “1988-13-45”/ }))
      await see(remarked.getByRole('row', { name: /Choir/ }))
      assert.equal(await remarked.getByRole('row').count(), 3)
    })

    for (const [language, choosing, why, told] of [
      [
        'de',
        'Datei auswählen',
        'In der vCard steht ein NUL-Zeichen, das in keinem Text vorkommt.',
        '„1988-13-45“ ist kein Geburtstag und steht jetzt bei den anderen Daten.',
      ],
      [
        'uk',
        'Вибрати файл',
        'У vCard є символ NUL, якого не буває в тексті.',
        '«1988-13-45» — не день народження: це збережено серед інших дат.',
      ],
    ] as const) {
      it(`says in ${language} what there is to tell of entries`, async () => {
        const ada = await app.newPerson()
        await using device = await app.open(ada, '/import', { language })
        const { page } = device
        await choose(page, card('Ada', 'BDAY:1988-13-45') + broken, 'contacts.vcf', choosing)
        await see(page.getByRole('cell', { name: why, exact: true }))
        // Of the failed entries alone.
        await page.getByRole('button', { pressed: true }).click()
        await see(page.getByRole('cell', { name: told, exact: true }))
      })
    }

    it('says in the words of the server what is newer than the app', async () => {
      const ada = await app.newPerson()
      await using device = await app.open(ada, '/import', { language: 'de' })
      const { page, context } = device
      await context.route(/\/api\/imports\/[\w-]+\/entries/, async (route) => {
        const response = await route.fetch()
        const [entry] = (await response.json()) as ImportEntry[]
        const remarks = [{ code: 'of_tomorrow', detail: 'As of tomorrow.', values: {} }]
        await route.fulfill({ response, json: [{ ...entry, remarks }] })
      })
      await choose(page, broken, 'contacts.vcf', 'Datei auswählen')
      await see(page.getByRole('cell', { name: 'As of tomorrow.', exact: true }))
    })

    it('may be left and found again, also undone from the list', async () => {
      const ada = await app.newPerson()
      await using device = await app.open(ada, '/import')
      const { page } = device
      await choose(page, file, 'friends.vcf')
      await button(page, 'Import 3 contacts').click()
      await see(step(page, 'Result'))
      await page.goto('/import')
      const last = page.getByRole('list', { name: 'Last imports' })
      await see(last.getByRole('link', { name: 'friends.vcf' }))
      await button(last, 'Undo this import').click()
      await button(page.getByRole('alertdialog'), 'Undo this import').click()
      await see(last.getByText('undone'))
      await last.getByRole('link', { name: 'friends.vcf' }).click()
      await see(page.getByText('This import was undone'))
    })

    it('is undone by Ctrl+Z also while this page has not heard that it is done', async () => {
      const ada = await app.newPerson()
      await using device = await app.open(ada, '/import')
      const { page, context } = device
      await choose(page, others)
      await see(table(page))
      const held = Promise.withResolvers<void>()
      await context.route(/\/api\/imports\/[^/]+\/events$/, async (route) => {
        await held.promise
        await route.fallback()
      })
      await button(page, 'Import 2 contacts').click()
      await until('the import', async () => (await contactsOf(ada)).length === 2)
      await page.keyboard.press('Control+z')
      await see(notice(page, /^Undone: “Import of /))
      await until('its undoing', async () => (await contactsOf(ada)).length === 0)
      held.resolve()
    })

    it('is undone by Ctrl+Z, and in the notice that says elsewhere that it is done', async () => {
      const ada = await app.newPerson()
      await using device = await app.open(ada, '/import')
      const { page, context } = device
      await choose(page, file)
      await see(button(page, 'Import 3 contacts'))
      await using _late = await holdReads(context)
      await button(page, 'Import 3 contacts').click()
      await see(step(page, 'Result'))
      await page.keyboard.press('Control+z')
      await see(page.getByText('This import was undone'))
      assert.equal((await contactsOf(ada)).length, 0)

      await page.getByRole('link', { name: 'Another file' }).click()
      await choose(page, file)
      await see(button(page, 'Import 3 contacts'))
      const held = Promise.withResolvers<void>()
      await context.route(/\/api\/imports\?/, async (route) => {
        await held.promise
        await route.fallback()
      })
      await button(page, 'Import 3 contacts').click()
      await page.getByRole('link', { name: /^Birthdays/ }).click()
      await see(page.getByRole('heading', { name: 'Birthdays', level: 1 }))
      held.resolve()
      await undoBy(page, '3 contacts imported')
      await until('the import to be undone', async () => (await contactsOf(ada)).length === 0)
    })

    it('refuses what is no file of contacts, and says so', async () => {
      const ada = await app.newPerson()
      await using device = await app.open(ada, '/import')
      const { page } = device
      await choose(page, '\u0000\u0001 no contacts at all', 'picture.vcf')
      await see(page.getByRole('alert', { name: 'The file could not be read' }))
      await see(button(page, 'Choose a file'))
      await requireAccessible(page)
    })

    it('says that it is not here, also at an address that no import can have', async () => {
      await using device = await app.open(await app.newPerson(), '/import/nothing')
      await see(device.page.getByText('This import is no longer here'))
    })

    it('says offline that it needs the server', async () => {
      const ada = await app.newPerson()
      await using device = await app.open(ada, '/import', { keepsShell: true })
      const { page, context } = device
      await see(button(page, 'Choose a file'))
      await shellIsKept(page)
      await context.setOffline(true)
      await choose(page, file)
      await see(page.getByText('This needs the server, which cannot be reached.'))
      await context.setOffline(false)
      await choose(page, file)
      await see(table(page))
    })

    for (const width of widths) {
      it(`fits ${width} px, and anybody can use it`, async () => {
        const ada = await app.newPerson()
        await using device = await app.open(ada, '/import', { width })
        const { page } = device
        await choose(page, file + broken)
        await see(button(page, 'Import 3 contacts'))
        await requireNoSideways(page)
        await requireAccessible(page)
        await page.goto('/import')
        await see(button(page, 'Choose a file'))
        await requireNoSideways(page)
        await requireAccessible(page)
      })
    }
  })
})

/** Whatever is read of an import for the second time comes only after the command to undo it was answered. */
async function holdReads(context: BrowserContext): Promise<AsyncDisposable> {
  const undone = Promise.withResolvers<void>()
  const read = new Set<string>()
  const path = /\/api\/imports\/[\w-]+$/
  await context.route(path, async (route) => {
    const request = route.request()
    const isUndo = request.method() === 'DELETE'
    const isFirst = !read.has(request.url())
    read.add(request.url())
    const response = await route.fetch()
    if (!isUndo && !isFirst) await undone.promise
    await route.fulfill({ response })
    if (isUndo) undone.resolve()
  })
  return { [Symbol.asyncDispose]: () => context.unroute(path) }
}
