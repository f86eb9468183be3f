import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { addCard, cardWith } from '../../server/test/cards.ts'
import { readJson, type Person } from '../../server/test/people.ts'
import { until, untilEqual } from '../../server/test/until.ts'
import { requireAccessible } from './accessibility.ts'
import { startApp, widths, withoutBrowser } from './app.ts'
import { addLabel, addPeople, zoe } from './book.ts'
import { shellIsKept } from './seen.ts'

type Contact = Record<string, unknown> & { id: string; phones: { value: string }[] }

const skip = withoutBrowser()
if (!skip) await describeEditing()

async function describeEditing() {
  const app = await startApp()
  after(() => app[Symbol.asyncDispose]())

  describe('the form of a contact', () => {
    it('makes a contact of every field', async () => {
      const ada = await app.newPerson()
      await using device = await app.open(ada, '/new')
      const { page } = device
      const form = page.getByRole('form', { name: 'New contact' })
      await form.waitFor()
      await untilEqual(() => focusedName(page), 'First name')
      await fill(page, 'First name', 'Zoë')
      await fill(page, 'Last name', 'Łukasiewicz')
      await press(page, 'More names')
      for (const name of ['Prefix', 'Middle name', 'Suffix', 'Nickname'])
        await fill(page, name, name)
      for (const name of ['Company', 'Job title', 'Department', 'Notes']) {
        await fill(page, name, name)
      }
      await addRow(page, 'phone', '+48 22 123 45 67')
      await addRow(page, 'e-mail', 'zoe@blue.example')
      await addRow(page, 'address', 'Złota 44')
      await fill(page, 'City', 'Warszawa')
      await fill(page, 'Country', 'Poland')
      await addRow(page, 'date', '2015-06-20')
      await addRow(page, 'link', 'https://blue.example')
      await addRow(page, 'messenger', '@zoe')
      await addRow(page, 'relation', 'Omar Mensah')
      await addRow(page, 'own field', '39')
      await choose(page, 'Own field label', 'Shoe size')
      await choose(page, 'Phone label', 'Bakery')
      await fill(page, 'Day', '29')
      await page.getByRole('button', { name: 'Month' }).click()
      await page.getByRole('option', { name: 'February' }).click()
      await page.getByRole('combobox', { name: 'Labels' }).fill('Bakers')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'Remove Bakers', exact: true }).waitFor()
      await press(page, 'Save')
      await page.getByRole('alertdialog', { name: /Łukasiewicz saved/ }).waitFor()
      const article = page.getByRole('article')
      await article.getByText('Prefix Zoë Middle name Łukasiewicz Suffix').waitFor()
      const made = await untilSent(ada, ({ first_name }) => first_name === 'Zoë')
      const { id: _id, revision: _revision, created_at: _at, updated_at: _when, ...rest } = made
      assert.deepEqual(rest, {
        prefix: 'Prefix',
        first_name: 'Zoë',
        middle_name: 'Middle name',
        last_name: 'Łukasiewicz',
        suffix: 'Suffix',
        phonetic_first_name: null,
        phonetic_middle_name: null,
        phonetic_last_name: null,
        nickname: 'Nickname',
        company: 'Company',
        job_title: 'Job title',
        department: 'Department',
        additional_data: 'Notes',
        email: 'zoe@blue.example',
        phone: '+48 22 123 45 67',
        birthday: '--02-29',
        photo: null,
        label_ids: (await readJson<{ id: string }[]>(ada, '/api/labels')).map(({ id }) => id),
        phones: [{ label: 'Bakery', value: '+48 22 123 45 67' }],
        emails: [{ label: 'home', value: 'zoe@blue.example' }],
        addresses: [
          {
            label: 'home',
            street: 'Złota 44',
            extended: null,
            po_box: null,
            city: 'Warszawa',
            region: null,
            postal_code: null,
            country: 'Poland',
          },
        ],
        dates: [{ label: 'anniversary', value: '2015-06-20' }],
        links: [{ label: 'home page', value: 'https://blue.example' }],
        messengers: [{ label: null, service: null, value: '@zoe' }],
        relations: [{ label: null, value: 'Omar Mensah' }],
        custom_fields: [{ label: 'Shoe size', value: '39' }],
      })
    })

    it('can always be saved, and links to what is wrong', async () => {
      const ada = await app.newPerson()
      const [id = ''] = await addPeople(ada, [zoe])
      await using device = await app.open(ada, `/c/${id}/edit`)
      const { page } = device
      await fill(page, 'E-mail', 'zoe@blue')
      await fill(page, 'Day', '31')
      await page.getByRole('button', { name: 'Month' }).click()
      await page.getByRole('option', { name: 'April' }).click()
      await page.keyboard.press('Control+s')
      const alert = page.getByRole('alert', { name: '2 fields need a look' })
      await alert.getByRole('link', { name: /Birthday/ }).click()
      await untilEqual(() => focusedName(page), 'Day')
      await describes(page, 'Day', /There is no such day/)
      await describes(page, 'Year (optional)', /There is no such day/)
      await describes(page, 'E-mail', /not a complete e-mail address/)
      await requireAccessible(page)
      await fill(page, 'Day', '30')
      await page.getByRole('alert', { name: '1 field needs a look' }).waitFor()
      await fill(page, 'E-mail', 'zoe@blue.example')
      await page.keyboard.press('Control+Enter')
      await page.waitForURL(`**/c/${id}`)
    })

    it('says once that a contact is saved, however often it is', async () => {
      const ada = await app.newPerson()
      const [id = ''] = await addPeople(ada, [zoe])
      await using device = await app.open(ada, `/c/${id}/edit`)
      const { page } = device
      const saved = page.getByRole('alertdialog', { name: 'Zoë Łukasiewicz saved' })
      await fill(page, 'Company', 'Red Bottle')
      await page.keyboard.press('Control+s')
      const first = await saved.elementHandle()
      // It stays as long as somebody points at it.
      await saved.hover()
      await page.keyboard.press('e')
      await fill(page, 'Company', 'Green Bottle')
      await page.keyboard.press('Control+s')
      await first?.waitForElementState('hidden')
      await saved.waitFor()
      await untilEqual(() => saved.count(), 1)
    })

    it('moves rows with Alt and the arrows, and gives the focus on when one is removed', async () => {
      const ada = await app.newPerson()
      const [id = ''] = await addPeople(ada, [zoe])
      await using device = await app.open(ada, `/c/${id}/edit`)
      const { page } = device
      const phones = page.getByRole('group', { name: 'Phones' })
      const second = phones.getByRole('textbox', { name: 'Phone' }).nth(1)
      await second.focus()
      await page.keyboard.press('Alt+ArrowUp')
      await untilEqual(() => focusedValue(page), '+48 22 765 43 21')
      await phones.getByRole('button', { name: 'Remove phone' }).nth(1).click()
      await untilEqual(() => focusedValue(page), '+48 22 765 43 21')
      await phones.getByRole('button', { name: 'Remove phone' }).click()
      await untilEqual(() => focusedName(page), 'Add phone')
      await press(page, 'Cancel')
      await page.waitForURL(`**/c/${id}`)
      const { phones: kept } = await readJson<Contact>(ada, `/api/contacts/${id}`)
      assert.equal(kept.length, 2)
    })

    it('brings back what was typed and not saved', async () => {
      const ada = await app.newPerson()
      const [id = ''] = await addPeople(ada, [zoe])
      await using device = await app.open(ada, `/c/${id}/edit`)
      const { page } = device
      await fill(page, 'First name', 'Zoey')
      await page.reload()
      const note = page.getByText(/^Unsaved changes from/)
      await note.waitFor()
      await untilEqual(() => page.getByRole('textbox', { name: 'First name' }).inputValue(), 'Zoey')
      await press(page, 'Discard')
      await note.waitFor({ state: 'detached' })
      await untilEqual(() => page.getByRole('textbox', { name: 'First name' }).inputValue(), 'Zoë')
      await page.reload()
      await page.getByRole('textbox', { name: 'First name' }).waitFor()
      assert.equal(await note.count(), 0)
    })

    it('deletes the contact, and undoes that', async () => {
      const ada = await app.newPerson()
      const [id = ''] = await addPeople(ada, [zoe])
      await using device = await app.open(ada, `/c/${id}/edit`)
      const { page } = device
      await press(page, 'Delete contact')
      const notice = page.getByRole('alertdialog', { name: 'Zoë Łukasiewicz moved to the trash' })
      await notice.getByRole('button', { name: 'Undo' }).click()
      await page.getByRole('row', { name: /Zoë Łukasiewicz/ }).waitFor()
    })

    it('crops a photo, and says that one needs the server', async () => {
      const ada = await app.newPerson()
      const [id = ''] = await addPeople(ada, [zoe])
      await using device = await app.open(ada, `/c/${id}/edit`, { keepsShell: true })
      const { page, context } = device
      const buffer = await sharp({
        create: { width: 900, height: 600, channels: 3, background: '#2d86c9' },
      })
        .png()
        .toBuffer()
      const picture = { name: 'zoe.png', mimeType: 'image/png', buffer }
      await page.locator('input[type=file]').setInputFiles(picture)
      const dialog = page.getByRole('dialog', { name: 'Crop the photo' })
      await dialog.getByRole('slider', { name: 'Zoom' }).fill('2')
      await dialog.getByRole('button', { name: 'Part of the photo that is shown' }).focus()
      await page.keyboard.press('ArrowLeft')
      await requireAccessible(page, '[role=dialog]')
      await dialog.getByRole('button', { name: 'Use photo' }).click()
      await press(page, 'Save')
      await untilSent(ada, ({ photo }) => photo !== null)
      const photo = await ada.get(`/api/contacts/${id}/photo?size=original`)
      const { format, width, height } = await sharp(photo.rawPayload).metadata()
      assert.deepEqual({ format, width, height }, { format: 'webp', width: 512, height: 512 })

      await page.goto(`/c/${id}/edit`)
      await page.getByRole('button', { name: 'Remove photo' }).waitFor()
      await shellIsKept(page)
      await context.setOffline(true)
      await page.getByRole('button', { name: 'Sync: offline' }).waitFor()
      await press(page, 'Change photo')
      await page
        .getByRole('alert')
        .getByText(/Photos need the server/)
        .waitFor()
    })

    it('lists what only other programs understand', async () => {
      const ada = await app.newPerson()
      const card = cardWith('3.0', 'N:;Zoë;;;', 'FN:Zoë', 'X-SKILL:Baking')
      const id = await addCard(app.server, ada, card)
      await using device = await app.open(ada, `/c/${id}/edit`)
      const { page } = device
      await page.getByRole('heading', { name: 'From other apps' }).waitFor()
      await page.getByText('X-SKILL').waitFor()
      await page.getByText('Baking').waitFor()
    })

    it('shows markup in every field as the text that it is', async () => {
      const ada = await app.newPerson()
      const markup = `<img src=x onerror="document.title='broken'">`
      const value = [{ label: markup, value: markup }]
      const friends = await addLabel(ada, markup)
      const [id = ''] = await addPeople(ada, [
        {
          first_name: markup,
          last_name: markup,
          company: markup,
          nickname: markup,
          additional_data: markup,
          links: value,
          relations: value,
          custom_fields: value,
          dates: value,
          phones: [{ label: markup, value: `${markup} 1` }],
          messengers: [{ label: markup, service: markup, value: markup }],
          addresses: [{ label: markup, street: markup, city: markup }],
          label_ids: [friends],
        },
      ])
      await using device = await app.open(ada, `/c/${id}/edit`)
      const { page } = device
      await page.getByRole('form', { name: 'Edit contact' }).waitFor()
      for (const name of [
        'First name',
        'Nickname',
        'Street',
        'City',
        'Link',
        'Relation',
        'Notes',
      ]) {
        const field = page.getByRole('textbox', { name, exact: true })
        await untilEqual(() => field.inputValue(), markup)
      }
      await page.goto(`/c/${id}`)
      await page.getByRole('article').waitFor()
      assert.equal(await page.locator('img[src="x"]').count(), 0)
      assert.notEqual(await page.title(), 'broken')
    })

    for (const width of widths) {
      it(`is for everybody, at ${width} pixels`, async () => {
        const ada = await app.newPerson()
        const [id = ''] = await addPeople(ada, [zoe])
        await using device = await app.open(ada, `/c/${id}/edit`, { width })
        await device.page.getByRole('form', { name: 'Edit contact' }).waitFor()
        await requireAccessible(device.page)
      })
    }
  })

  describe('the keyboard alone', () => {
    it('finds a contact, edits it, saves it, and undoes that', async () => {
      const ada = await app.newPerson()
      await addPeople(ada)
      await using device = await app.open(ada)
      const { page } = device
      const { keyboard } = page
      await page.getByRole('row', { name: /Zoë Łukasiewicz/ }).waitFor()
      await keyboard.press('/')
      await keyboard.type('lukasi')
      await page.getByRole('status').filter({ hasText: '1 found' }).waitFor()
      await keyboard.press('ArrowDown')
      await keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Zoë Łukasiewicz', level: 2 }).waitFor()
      await keyboard.press('e')
      await page.getByRole('form', { name: 'Edit contact' }).waitFor()
      await untilEqual(() => focusedName(page), 'First name')
      await keyboard.press('Control+a')
      await keyboard.type('Zofia')
      await keyboard.press('Control+Enter')
      await page.getByRole('heading', { name: 'Zofia Łukasiewicz', level: 2 }).waitFor()
      await untilSent(ada, ({ first_name }) => first_name === 'Zofia')
      await keyboard.press('Control+z')
      await page.getByRole('heading', { name: 'Zoë Łukasiewicz', level: 2 }).waitFor()
      await untilSent(ada, ({ first_name }) => first_name === 'Zoë')
    })
  })
}

async function fill(page: Page, name: string, value: string) {
  await page.getByRole('textbox', { name, exact: true }).fill(value)
}

async function press(page: Page, name: string) {
  await page.getByRole('button', { name, exact: true }).click()
}

/** Adds a row and types its value, where the focus is then. */
async function addRow(page: Page, what: string, value: string) {
  await press(page, `Add ${what}`)
  await page.keyboard.type(value)
}

/** Types into a field with a list, and leaves it. */
async function choose(page: Page, name: string, value: string) {
  await page.getByRole('combobox', { name, exact: true }).fill(value)
  await page.keyboard.press('Tab')
}

function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    const labels = element instanceof HTMLInputElement ? Array.from(element.labels ?? []) : []
    const label = labels[0]?.textContent ?? element?.getAttribute('aria-label')
    return (label ?? element?.textContent ?? '').trim()
  })
}

function focusedValue(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    return element instanceof HTMLInputElement ? element.value : ''
  })
}

/** What a screen reader reads out after a field's name. */
function descriptionOf(page: Page, name: string): Promise<string> {
  return page.getByRole('textbox', { name, exact: true }).evaluate((field) => {
    const ids = field.getAttribute('aria-describedby')?.split(' ') ?? []
    return ids.map((id) => document.querySelector(`#${CSS.escape(id)}`)?.textContent).join(' ')
  })
}

/** Waits until a screen reader reads that out after a field's name. */
function describes(page: Page, name: string, words: RegExp): Promise<boolean> {
  return until(`${words} at ${name}`, async () => words.test(await descriptionOf(page, name)))
}

/** The first contact of somebody on the server for which something holds, once there is one. */
function untilSent(owner: Person, holds: (contact: Contact) => boolean): Promise<Contact> {
  return until('the change to be on the server', async () => {
    const contacts = await readJson<Contact[]>(owner, '/api/contacts/search?view=full&limit=100')
    return contacts.find(holds)
  })
}
