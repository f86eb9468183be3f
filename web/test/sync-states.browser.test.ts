import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { contactsOf } from '../../server/test/contacts.ts'
import { expectStatus, readJson } from '../../server/test/people.ts'
import { until } from '../../server/test/until.ts'
import { requireAccessible } from './accessibility.ts'
import { startApp, withoutBrowser } from './app.ts'
import { addPeople, zoe } from './book.ts'
import { button, notice, see, seeNoMore, shellIsKept, undoBy } from './seen.ts'

type Contact = Record<'phone' | 'nickname' | 'email' | 'company', string | null>

const skip = withoutBrowser()
if (!skip) await describeStates()

async function describeStates() {
  const app = await startApp()
  after(() => app[Symbol.asyncDispose]())

  /** Somebody with one contact, whose form is open. */
  async function editing() {
    const ada = await app.newPerson()
    const [id = ''] = await addPeople(ada, [zoe])
    const device = await app.open(ada, `/c/${id}/edit`, { keepsShell: true })
    await device.page.getByRole('form', { name: 'Edit contact' }).waitFor()
    await shellIsKept(device.page)
    return { ada, id, device, read: () => readJson<Contact>(ada, `/api/contacts/${id}`) }
  }

  it('is not known before the page has heard of what waits', async () => {
    const ada = await app.newPerson()
    await using device = await app.open(ada)
    const { page } = device
    await see(button(page, 'Sync: up to date'))
    const { promise: asked, resolve: go } = Promise.withResolvers<void>()
    await page.route(/\/assets\/main-/, async (route) => {
      await asked
      await route.continue()
    })
    await page.reload()
    await see(button(page, 'Sync: checking'))
    go()
    await see(button(page, 'Sync: up to date'))
  })

  describe('what was not sent', () => {
    it('waits while there is no connection, and can be discarded', async () => {
      const { device, read } = await editing()
      await using _ = device
      const { page, context } = device
      await context.setOffline(true)
      await fill(page, 'Nickname', 'Zozo')
      await press(page, 'Save')
      const state = page.getByRole('button', { name: 'Sync: offline', exact: true })
      await state.getByText('Offline · 1 change waiting').waitFor()
      await state.click()
      const waiting = page.getByRole('list', { name: 'Waiting changes' })
      await waiting.getByText(/Changed: Nickname/).waitFor()
      await page.getByRole('link', { name: 'Install' }).waitFor()
      await waiting.getByRole('button', { name: /^Discard/ }).click()
      await waiting.waitFor({ state: 'detached' })
      await page.keyboard.press('Escape')
      await page.getByRole('article').getByText('“Zo”').waitFor()
      await context.setOffline(false)
      await page.getByRole('button', { name: 'Sync: up to date' }).waitFor()
      assert.equal((await read()).nickname, 'Zo')
    })

    for (const how of ['the notice', 'Ctrl+Z'] as const) {
      it(`is back where it was discarded and that is undone by ${how}`, async () => {
        const { device, read } = await editing()
        await using _ = device
        const { page, context } = device
        await context.setOffline(true)
        await fill(page, 'Nickname', 'Zozo')
        await press(page, 'Save')
        await page.getByRole('button', { name: 'Sync: offline' }).click()
        await press(page, 'Discard the change of Zoë Łukasiewicz')
        const discarded = notice(page, 'Change of Zoë Łukasiewicz discarded')
        await see(discarded)
        if (how === 'the notice') await button(discarded, 'Undo').click()
        else {
          await page.keyboard.press('Escape')
          await page.keyboard.press('Control+z')
          await see(notice(page, 'Undone: “Change of Zoë Łukasiewicz discarded”'))
        }
        await see(page.getByRole('article').getByText('“Zozo”'))
        await context.setOffline(false)
        await see(button(page, 'Sync: up to date'))
        assert.equal((await read()).nickname, 'Zozo')
      })
    }

    it('is answered to whoever tries again without a connection', async () => {
      const { device } = await editing()
      await using _ = device
      const { page, context } = device
      await context.setOffline(true)
      await fill(page, 'Nickname', 'Zozo')
      await press(page, 'Save')
      await page.getByRole('button', { name: 'Sync: offline' }).click()
      await press(page, 'Retry')
      await see(notice(page, /^The server cannot be reached/))
    })

    it('is sent when the connection is back', async () => {
      const { device, read } = await editing()
      await using _ = device
      const { page, context } = device
      await context.setOffline(true)
      await fill(page, 'Nickname', 'Zozo')
      await press(page, 'Save')
      await page.getByRole('button', { name: 'Sync: offline' }).waitFor()
      await context.setOffline(false)
      await page.getByRole('button', { name: 'Sync: up to date' }).waitFor()
      assert.equal((await read()).nickname, 'Zozo')
    })
  })

  describe('what the server refuses', () => {
    it('opens the form again with the reason, and is sent once it is mended', async () => {
      const { device, read } = await editing()
      await using _ = device
      const { page } = device
      // Only the server knows that a host has no underscore.
      await fill(page, 'E-mail', 'zoe@blue_bottle.example')
      await press(page, 'Save')
      await page.getByRole('alert', { name: /Zoë Łukasiewicz was refused/ }).waitFor()
      await page.getByRole('button', { name: /^Sync:/ }).click()
      await page.getByText('Saved on this device, but not accepted by the server.').waitFor()
      await page.keyboard.press('Escape')
      await press(page, 'Show')
      await requireAccessible(page, '[role=dialog]')
      await press(page, 'Edit Zoë Łukasiewicz')
      const alert = page.getByRole('alert', { name: '1 field needs a look' })
      await alert.getByRole('link', { name: /E-mail/ }).click()
      await page.keyboard.press('Control+a')
      await page.keyboard.type('zoe@bottle.example')
      await page.keyboard.press('Control+s')
      await page.getByRole('button', { name: 'Sync: up to date' }).waitFor()
      assert.equal((await read()).email, 'zoe@bottle.example')
      await page.getByRole('alert', { name: /was refused/ }).waitFor({ state: 'detached' })
    })
  })

  describe('what is refused before it reaches the server', () => {
    it('is said to be refused, and not that the app failed', async () => {
      const ada = await app.newPerson()
      const [id = ''] = await addPeople(ada, [zoe])
      await using device = await app.open(ada, `/c/${id}/edit`)
      const { page } = device
      await page.route('**/api/contacts/batch', (route) =>
        route.fulfill({ status: 413, contentType: 'text/html', body: '<h1>Too large</h1>' }),
      )
      await fill(page, 'Nickname', 'Zozo')
      await press(page, 'Save')
      await page.getByRole('alert', { name: /Zoë Łukasiewicz was refused/ }).waitFor()
      await press(page, 'Show')
      await page.getByText('Refused: The server does not accept this.').waitFor()
    })
  })

  describe('a change of a contact that was deleted elsewhere', () => {
    it('is not edited, but brings the contact back by Retry', async () => {
      const { ada, id, device, read } = await editing()
      await using _ = device
      const { page, context } = device
      await context.setOffline(true)
      await fill(page, 'Nickname', 'Zozo')
      await press(page, 'Save')
      await page.getByRole('button', { name: 'Sync: offline' }).waitFor()
      await ada.delete(`/api/contacts/${id}`)
      await context.setOffline(false)
      await page.getByRole('alert', { name: /Zoë Łukasiewicz was refused/ }).waitFor()
      await press(page, 'Show')
      await page.getByRole('button', { name: 'Discard the change of Zoë Łukasiewicz' }).waitFor()
      const edit = page.getByRole('button', { name: 'Edit Zoë Łukasiewicz' })
      assert.equal(await edit.count(), 0)
      await press(page, 'Retry')
      await page.getByRole('alert', { name: /was refused/ }).waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Sync: up to date', includeHidden: true }).waitFor()
      assert.equal((await read()).nickname, 'Zozo')
    })
  })

  describe('a refused change of a contact that is gone', () => {
    it('is not edited, and comes back as well where it was discarded', async () => {
      const { ada, id, device } = await editing()
      await using _ = device
      const { page } = device
      await fill(page, 'E-mail', 'zoe@blue_bottle.example')
      await press(page, 'Save')
      await page.getByRole('alert', { name: /Zoë Łukasiewicz was refused/ }).waitFor()
      await press(page, 'Show')
      const edit = button(page, 'Edit Zoë Łukasiewicz')
      await see(edit)
      expectStatus(await ada.delete(`/api/contacts/${id}`), 204)
      await seeNoMore(edit)
      await press(page, 'Discard the change of Zoë Łukasiewicz')
      await undoBy(page, 'Change of Zoë Łukasiewicz discarded')
      await see(button(page, 'Discard the change of Zoë Łukasiewicz'))
      assert.equal(await edit.count(), 0)
    })

    it('is saved as a new contact where it was deleted for good', async () => {
      const { ada, id, device } = await editing()
      await using _ = device
      const { page } = device
      await fill(page, 'Nickname', 'Zozo')
      expectStatus(await ada.delete(`/api/contacts/${id}`), 204)
      expectStatus(await ada.delete(`/api/trash/${id}`), 204)
      await page.getByRole('alert', { name: 'This contact was deleted elsewhere' }).waitFor()
      await press(page, 'Restore and save')
      await page.getByRole('alert', { name: /refused/ }).waitFor()
      await press(page, 'Show')
      await see(page.getByText(/The contact was deleted for good/))
      await requireAccessible(page, '[role=dialog]')
      await press(page, 'Save as a new contact: Zoë Łukasiewicz')
      await see(notice(page, 'Zoë Łukasiewicz saved as a new contact'))
      await see(page.getByRole('article').getByText('“Zozo”'))
      await see(button(page, 'Sync: up to date'))
      const [made] = await contactsOf(ada)
      assert.notEqual(made?.id, id)
      assert.deepEqual([made?.nickname, made?.company], ['Zozo', 'Blue Bottle'])
    })
  })

  describe('why the server refuses something', () => {
    it('is said in the language of the page', async () => {
      const ada = await app.newPerson()
      const [id = ''] = await addPeople(ada, [zoe])
      await using device = await app.open(ada, `/c/${id}/edit`, {
        language: 'de-DE',
        keepsShell: true,
      })
      const { page } = device
      await fill(page, 'E-Mail', 'zoe@blue_bottle.example')
      await press(page, 'Speichern')
      const alert = page.getByRole('alert', { name: /Zoë Łukasiewicz wurde abgelehnt/ })
      await alert.getByText(/Das ist keine vollständige E-Mail-Adresse/).waitFor()
    })
  })

  describe('the same field, changed here and elsewhere', () => {
    for (const [keep, kept] of [
      ['Keep mine', '+48 1'],
      ['Keep theirs', '+48 2'],
    ] as const) {
      it(`is shown to whoever has to choose: ${keep}`, async () => {
        const { ada, id, device, read } = await editing()
        await using _ = device
        const { page, context } = device
        await context.setOffline(true)
        await page.getByRole('textbox', { name: 'Phone', exact: true }).first().fill('+48 1')
        await press(page, 'Save')
        await page.getByRole('button', { name: 'Sync: offline' }).waitFor()
        const phones = [{ label: 'mobile', value: '+48 2' }]
        expectStatus(await ada.patch(`/api/contacts/${id}`, { phones }), 200)
        await context.setOffline(false)
        const alert = page.getByRole('alert', {
          name: 'Somebody changed the phone of Zoë Łukasiewicz too',
        })
        await alert.waitFor()
        await requireAccessible(page)
        await alert.getByRole('button', { name: keep }).click()
        await alert.waitFor({ state: 'detached' })
        await page.getByRole('button', { name: 'Sync: up to date' }).waitFor()
        await until(`the phone ${kept}`, async () => (await read()).phone === kept)
      })
    }

    it('is asked about as well where theirs came while the form was open', async () => {
      const { ada, id, device, read } = await editing()
      await using _ = device
      const { page } = device
      await fill(page, 'Company', 'Mine')
      await fill(page, 'Day', '26')
      const theirs = { company: 'Theirs', nickname: 'Zozo', birthday: '1990-11-27' }
      expectStatus(await ada.patch(`/api/contacts/${id}`, theirs), 200)
      const nickname = page.getByRole('textbox', { name: 'Nickname', exact: true })
      await until('the rest to follow', async () => (await nickname.inputValue()) === 'Zozo')
      await press(page, 'Save')
      const alert = page.getByRole('alert', {
        name: 'Somebody changed the company of Zoë Łukasiewicz too',
      })
      await alert.waitFor()
      assert.equal((await read()).company, 'Theirs')
      const birthday = page.getByRole('alert', {
        name: 'Somebody changed the birthday of Zoë Łukasiewicz too',
      })
      for (const day of ['26 November 1990', '27 November 1990']) {
        await birthday.getByText(day).waitFor()
      }
      // Also in the form, where it could else be decided by who did not know of it.
      await press(page, 'Edit')
      await page.getByRole('form', { name: 'Edit contact' }).waitFor()
      await alert.getByRole('button', { name: 'Keep theirs' }).click()
      await alert.waitFor({ state: 'detached' })
      await undoBy(page, 'Theirs kept: Zoë Łukasiewicz')
      await alert.getByRole('button', { name: 'Keep mine' }).click()
      await until('mine', async () => (await read()).company === 'Mine')
    })
  })
}

async function fill(page: Page, name: string, value: string) {
  await page.getByRole('textbox', { name, exact: true }).fill(value)
}

async function press(page: Page, name: string) {
  await page.getByRole('button', { name, exact: true }).click()
}
