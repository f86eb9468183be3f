import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import type { Person } from '../../server/test/people.ts'
import { requireAccessible } from './accessibility.ts'
import { startApp, withoutBrowser, type App } from './app.ts'
import { fillBook } from './book.ts'
import { button, notice, see, seeNoMore, shellIsKept } from './seen.ts'

describe('sharing', { skip: withoutBrowser() }, () => {
  let app: App
  let ada: Person
  let zoe: string
  before(async () => {
    app = await startApp()
    ada = await app.newPerson()
    ;({ zoe } = await fillBook(ada))
  })
  after(() => app[Symbol.asyncDispose]())

  it('gives a contact as a QR code, a file and a text, also offline', async () => {
    await using device = await app.open(ada, `/c/${zoe}`, { keepsShell: true })
    const { page, context } = device
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await button(page, 'Share').click()
    const dialog = page.getByRole('dialog', { name: 'Share Zoë Łukasiewicz' })
    await see(dialog.getByRole('img', { name: 'QR code of Zoë Łukasiewicz' }))
    await requireAccessible(page)
    await shellIsKept(page)
    await context.setOffline(true)
    const download = page.waitForEvent('download')
    await button(dialog, 'Download vCard').click()
    const file = await download
    assert.equal(file.suggestedFilename(), 'Zoë Łukasiewicz.vcf')
    assert.match(await readFile(await file.path(), 'utf8'), /^TEL;TYPE=CELL:\+48 22 123 45 67\r$/m)
    await button(dialog, 'Copy as text').click()
    await see(notice(page, 'Copied'))
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    assert.match(copied, /^Zoë Łukasiewicz\nBaker · Blue Bottle\n\+48 22 123 45 67 \(mobile\)/)
  })

  it('exports what is selected', async () => {
    await using device = await app.open(ada)
    const { page } = device
    await page.getByRole('row', { name: /Zoë Łukasiewicz/ }).hover()
    await page.getByRole('checkbox', { name: 'Select Zoë Łukasiewicz' }).click()
    const download = page.waitForEvent('download')
    await button(page.getByRole('toolbar', { name: 'Selected contacts' }), 'Export').click()
    const card = await readFile(await (await download).path(), 'utf8')
    assert.equal(card.match(/BEGIN:VCARD/g)?.length, 1)
    assert.match(card, /^CATEGORIES:/m)
    await see(notice(page, '1 contact exported'))
  })

  it('prints a contact without the page around it', async () => {
    await using device = await app.open(ada, `/c/${zoe}`)
    const { page } = device
    await see(page.getByRole('heading', { name: 'Zoë Łukasiewicz' }))
    // The dialog of the system would block; what is printed is what it would show.
    await page.evaluate(() => {
      window.print = () => {}
    })
    await button(page, 'More').click()
    await page.getByRole('menuitem', { name: 'Print', exact: true }).click()
    await page.emulateMedia({ media: 'print' })
    await see(page.getByRole('heading', { name: 'Zoë Łukasiewicz', level: 1 }))
    await seeNoMore(page.getByRole('navigation'))
    const values = await page.getByRole('definition').filter({ visible: true }).allInnerTexts()
    assert.ok(values.indexOf('+48 22 123 45 67') < values.indexOf('zoe@blue.example'))
    assert.equal(values.at(-1), 'Friends')
  })

  it('prints a screen without the ways to others', async () => {
    await using device = await app.open(ada, '/birthdays')
    const { page } = device
    await see(page.getByRole('heading', { name: 'Birthdays', level: 1 }))
    await page.emulateMedia({ media: 'print' })
    await seeNoMore(page.getByRole('navigation'))
    await see(page.getByRole('heading', { name: 'Birthdays', level: 1 }))
  })

  it('prints the list, or what is selected of it', async () => {
    await using device = await app.open(ada)
    const { page } = device
    const onPaper = (text: string) => page.getByText(text).filter({ visible: true })
    await see(page.getByRole('row', { name: /Zoë Łukasiewicz/ }))
    await page.evaluate(() => {
      window.print = () => {}
    })
    await page.keyboard.press('Control+p')
    await page.emulateMedia({ media: 'print' })
    await see(page.getByRole('heading', { name: 'Contacts', level: 1 }))
    await see(onPaper('Ada Lovelace'))
    await see(onPaper('+48 22 123 45 67'))
    await seeNoMore(page.getByRole('navigation'))
    await page.emulateMedia({ media: 'screen' })
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
    await page.getByRole('checkbox', { name: 'Select Zoë Łukasiewicz' }).click()
    await see(page.getByRole('toolbar', { name: 'Selected contacts' }))
    await page.keyboard.press('Control+p')
    await page.emulateMedia({ media: 'print' })
    await see(onPaper('+48 22 123 45 67'))
    await seeNoMore(onPaper('Ada Lovelace'))
  })
})
