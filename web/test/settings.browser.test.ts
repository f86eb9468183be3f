import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { linkIn } from '../../server/test/mailbox.ts'
import { expectStatus } from '../../server/test/people.ts'
import { until, untilEqual } from '../../server/test/until.ts'
import { settingsSections, to } from '../src/routes.ts'
import { requireAccessible } from './accessibility.ts'
import { byApi, startApp, widths, withoutBrowser } from './app.ts'
import { addLabel, addPeople, label } from './book.ts'
import { shellIsKept } from './seen.ts'

const skip = withoutBrowser()
if (!skip) await describeSettings()

async function describeSettings() {
  const app = await startApp()
  after(() => app[Symbol.asyncDispose]())

  describe('settings', () => {
    it('have nothing that axe complains of, and fit every width', async () => {
      const ada = await app.newPerson()
      await addLabel(ada, 'Friends')
      expectStatus(await ada.post('/api/users/me/calendar'), 201)
      for (const width of widths) {
        await using device = await app.open(ada, to.settings(), { width })
        const { page } = device
        await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
        await requireAccessible(page, 'main')
        for (const section of settingsSections) {
          await page.goto(to.settings(section))
          await page.getByRole('heading', { level: 2 }).first().waitFor()
          await settled(page)
          const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
          assert.equal(overflow, 0, `${section} at ${width}`)
          await requireAccessible(page, 'main')
        }
      }
    })

    it('lead on a phone from the list to a section and back', async () => {
      const ada = await app.newPerson()
      await using device = await app.open(ada, to.settings(), { width: 390 })
      const { page } = device
      const links = page.getByRole('navigation', { name: 'Settings' })
      await links.getByRole('link', { name: 'Security' }).click()
      await page.getByRole('heading', { level: 2, name: 'Security' }).waitFor()
      await links.waitFor({ state: 'hidden' })
      await page.getByRole('heading', { level: 1 }).getByRole('link', { name: 'Settings' }).click()
      await links.getByRole('link', { name: 'Profile' }).waitFor()
    })

    it('save the name when the field is left', async () => {
      const ada = await app.newPerson()
      await using device = await app.open(ada, to.settings('profile'))
      const { page } = device
      const name = page.getByRole('textbox', { name: 'Name', exact: true })
      await name.fill('Countess Lovelace')
      await name.blur()
      await page.getByText('Saved', { exact: true }).waitFor()
      const me = await ada.get('/api/users/me')
      assert.equal(me.json<{ username: string }>().username, 'Countess Lovelace')
    })

    it('crop a picture where it is chosen, and take it away', async () => {
      const ada = await app.newPerson()
      const green = { width: 800, height: 600, channels: 3, background: '#17614b' } as const
      const buffer = await sharp({ create: green }).png().toBuffer()
      await using device = await app.open(ada, to.settings('profile'))
      const { page } = device
      const file = { name: 'me.png', mimeType: 'image/png', buffer }
      await page.locator('input[type=file]').setInputFiles(file)
      await page.getByRole('dialog').getByRole('button', { name: 'Use photo' }).click()
      await page.getByRole('button', { name: 'Remove picture' }).click()
      await page.getByRole('button', { name: 'Add picture' }).waitFor()
      const me = await ada.get('/api/users/me')
      assert.equal(me.json<{ avatar: string | null }>().avatar, null)
    })

    it('change the e-mail address by a mailed link', async () => {
      const ada = await app.newPerson()
      const next = `next-${ada.email}`
      await using device = await app.open(ada, to.settings('profile'))
      const { page } = device
      await page.getByRole('button', { name: 'Change e-mail' }).click()
      const form = page.getByRole('form', { name: 'Change e-mail' })
      await form.getByRole('textbox', { name: 'New e-mail' }).fill(next)
      await form.getByLabel('Password', { exact: true }).fill('not the password')
      await form.getByRole('button', { name: 'Send the link' }).click()
      await form.getByRole('alert', { name: 'The password is wrong.' }).waitFor()
      await form.getByLabel('Password', { exact: true }).fill(ada.password)
      await form.getByRole('button', { name: 'Send the link' }).click()
      await page.getByRole('status').getByText(`We sent a link to ${next}.`).waitFor()
      const link = linkIn(await app.server.mailbox.next({ to: next }))
      await page.goto(link.href)
      await page.getByRole('button', { name: 'Confirm my address' }).click()
      await page.getByText('Your e-mail address is confirmed.').waitFor()
    })

    it('set the theme, the order and the keys, on other devices too', async () => {
      const ada = await app.newPerson()
      await using device = await app.open(ada, to.settings('appearance'))
      const { page } = device
      await radio(page, 'Theme', 'Dark').click()
      await radio(page, 'Sort by', 'Last name').click()
      await radio(page, 'Name order', 'Last name first').click()
      await page.getByRole('switch', { name: 'Single-key shortcuts' }).click()
      const wanted = {
        theme: 'dark',
        sort: 'last_name',
        name_order: 'last_name_first',
        single_keys: false,
      }
      await until('the preferences to be sent', async () => {
        const answer = await ada.get('/api/users/me/preferences')
        const sent = answer.json<Record<string, unknown>>()
        return Object.entries(wanted).every(([name, value]) => sent[name] === value)
      })
      assert.equal(await themeOf(page), 'dark')
      await using other = await app.open(ada, to.settings('appearance'))
      await until('the other device to be dark', async () => (await themeOf(other.page)) === 'dark')
      await page.reload()
      assert.equal(await themeOf(page), 'dark')
      assert.equal(
        await page.getByRole('switch', { name: 'Single-key shortcuts' }).isChecked(),
        false,
      )
    })

    it('speak another language at once', async () => {
      const ada = await app.newPerson()
      await using device = await app.open(ada, to.settings('appearance'))
      const { page } = device
      await page.getByRole('button', { name: 'Language' }).click()
      await page.getByRole('option', { name: 'Deutsch' }).click()
      await page.getByRole('heading', { level: 1, name: 'Einstellungen' }).waitFor()
    })

    it('make an app password, show it once, and revoke it', async () => {
      const ada = await app.newPerson()
      await using device = await app.open(ada, to.settings('devices'))
      const { page } = device
      await page.getByRole('button', { name: 'New app password' }).click()
      const dialog = page.getByRole('dialog', { name: 'New app password' })
      await dialog.getByRole('textbox', { name: 'Name' }).fill('My iPhone')
      await dialog.getByRole('button', { name: 'Create' }).click()
      await dialog.getByText('it is shown only this once').waitFor()
      const password = (await dialog.locator('code').textContent()) ?? ''
      const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
      await until('the focus on its copying', async () => (await focused())?.startsWith('Copy'))
      const basic = Buffer.from(`${ada.email}:${password}`).toString('base64')
      const authorization = { authorization: `Basic ${basic}` }
      const call = { method: 'OPTIONS', url: '/dav/', headers: authorization } as const
      assert.ok((await app.server.inject(call)).statusCode < 300)
      const downloading = page.waitForEvent('download')
      await dialog.getByRole('button', { name: 'Download the profile' }).click()
      const profile = await readFile(await (await downloading).path(), 'utf8')
      assert.ok(profile.includes(password))
      await requireAccessible(page)
      // It is shown this once, so that no key but that of its copying closes it.
      await page.keyboard.press('Escape')
      await dialog.locator('code').waitFor()
      await dialog.getByRole('button', { name: /^Copy/ }).click()
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      const list = page.getByRole('list', { name: 'App passwords' })
      await list.getByText('My iPhone').waitFor()
      await list.getByRole('button', { name: 'Revoke' }).click()
      await page.getByText('No device is connected yet.').waitFor()
    })

    it('show the first use of an app password without being asked', async () => {
      const ada = await app.newPerson()
      await using device = await app.open(ada, to.settings('devices'))
      const { page } = device
      await page.getByRole('button', { name: 'New app password' }).click()
      const dialog = page.getByRole('dialog', { name: 'New app password' })
      await dialog.getByRole('button', { name: 'Create' }).click()
      const password = (await dialog.locator('code').textContent()) ?? ''
      await dialog.getByRole('button', { name: 'Done' }).click()
      const list = page.getByRole('list', { name: 'App passwords' })
      await list.getByText(/never used/).waitFor()
      const authorization = `Basic ${Buffer.from(`${ada.email}:${password}`).toString('base64')}`
      const headers = { authorization, depth: '0' }
      const find = { method: 'PROPFIND', url: '/dav/', headers } as const
      expectStatus(await app.server.inject(find), 207)
      await list.getByText(/· used /).waitFor()
    })

    it('make an API token that works until it is revoked', async () => {
      const ada = await app.newPerson()
      await using device = await app.open(ada, to.settings('security'))
      const { page } = device
      await page.getByRole('button', { name: 'New API token' }).click()
      const dialog = page.getByRole('dialog', { name: 'New API token' })
      await dialog.getByRole('button', { name: 'Create' }).click()
      const token = (await dialog.locator('code').textContent()) ?? ''
      const read = {
        method: 'GET',
        url: '/api/contacts',
        headers: { authorization: `Bearer ${token}` },
      } as const
      expectStatus(await app.server.inject(read), 200)
      await dialog.getByRole('button', { name: 'Done' }).click()
      const list = page.getByRole('list', { name: 'API tokens' })
      await list.getByRole('button', { name: 'Revoke' }).click()
      await page.getByText('No tokens yet.').waitFor()
      expectStatus(await app.server.inject(read), 401)
    })

    it('change the password', async () => {
      const ada = await app.newPerson()
      await using device = await app.open(ada, to.settings('security'))
      const { page } = device
      await page.getByRole('button', { name: 'Change password' }).click()
      await page.getByLabel('Current password').fill(ada.password)
      await page.getByLabel('New password').fill('a brand new password')
      await page.getByRole('button', { name: 'Save password' }).click()
      await page.getByText('Password changed', { exact: true }).waitFor()
      await byApi(app, { ...ada, password: 'a brand new password' })
    })

    it('end the session of another device, and then all', async () => {
      const ada = await app.newPerson()
      const phone = { name: 'Phone', scope: 'read_write' }
      expectStatus(await ada.post('/api/users/me/app-passwords', phone), 201)
      await using here = await app.open(ada, to.settings('security'))
      await using there = await app.open(ada, '/')
      const { page } = here
      const sessions = page.getByRole('list', { name: 'Sessions' })
      await page.reload()
      await sessions.getByText('this device · now').waitFor()
      const others = sessions.getByRole('listitem').filter({ hasNotText: 'this device' })
      const before = await others.count()
      for (let left = before; left > 0; left--) {
        await others.first().getByRole('button', { name: 'Log out' }).click()
        await until('the session to be gone', async () => (await others.count()) < left)
      }
      await there.page.reload()
      await there.page.waitForURL('**/login?ended')
      await page.getByRole('button', { name: 'Log out everywhere' }).click()
      const question = page.getByRole('alertdialog', { name: 'Log out everywhere?' })
      await question.getByText(/phone or program of 1 app password/).waitFor()
      await question.getByRole('button', { name: 'Log out everywhere' }).click()
      await page.waitForURL(/\/login|\/welcome/)
    })

    it('make a calendar address, and keep what it shows', async () => {
      const ada = await app.newPerson()
      await addPeople(ada)
      await using device = await app.open(ada, to.settings('calendar'))
      const { page } = device
      await page.getByRole('button', { name: 'Make the address' }).click()
      await page.getByText('it is shown only this once').waitFor()
      const url = new URL((await page.locator('code').textContent()) ?? '')
      const calendar = await app.server.inject(url.pathname)
      assert.match(calendar.body, /Zoë/)
      await page.getByText('Other dates').click()
      await page.getByText('A week before').click()
      await until('the choice to be kept', async () => {
        const kept = (await ada.get('/api/users/me/calendar')).json<{
          include: string[]
          reminders: string[]
        }>()
        return kept.include.includes('dates') && kept.reminders.includes('-P7D')
      })
      await page.getByRole('button', { name: 'Remove the calendar' }).click()
      await page.getByRole('button', { name: 'Make the address' }).waitFor()
      expectStatus(await app.server.inject(url.pathname), 404)
    })

    it('export contacts in every format, all or those with a label', async () => {
      const ada = await app.newPerson()
      const [zoe = ''] = await addPeople(ada)
      await label(ada, zoe, await addLabel(ada, 'Friends'))
      await using device = await app.open(ada, to.settings('export'))
      const { page } = device
      const formats: [name: string, file: RegExp][] = [
        ['vCard 3.0, for most programs', /VERSION:3.0/],
        ['vCard 4.0', /VERSION:4.0/],
        ['CSV, for spreadsheets and Google', /First Name/],
        ['JSON, with everything', /^\[/],
      ]
      for (const [name, content] of formats) {
        await radio(page, 'Format', name).click()
        const text = await exported(page, 'Export')
        assert.match(text, content)
        assert.match(text, /Lovelace/)
      }
      await page.getByRole('button', { name: 'Which contacts' }).click()
      await page.getByRole('option', { name: 'Friends' }).click()
      assert.doesNotMatch(await exported(page, 'Export'), /Lovelace/)
      assert.match(await exported(page, 'Download everything'), /^PK/)
    })

    it('say what this device keeps, and fetch it again', async () => {
      const ada = await app.newPerson()
      await addPeople(ada)
      await using device = await app.open(ada, to.settings('storage'))
      const { page } = device
      await page.getByRole('button', { name: 'Download again' }).click()
      await page.getByText('nothing', { exact: true }).waitFor()
      const contacts = page.getByRole('main').getByText('8', { exact: true })
      await contacts.waitFor()
      await page.reload()
      await contacts.waitFor()
    })

    it('say what needs the server while there is none', async () => {
      const ada = await app.newPerson()
      await using device = await app.open(ada, to.settings('appearance'), { keepsShell: true })
      const { page, context } = device
      await page.getByRole('radiogroup', { name: 'Theme' }).waitFor()
      await shellIsKept(page)
      await context.setOffline(true)
      await radio(page, 'Theme', 'Dark').click()
      await until('the page to be dark', async () => (await themeOf(page)) === 'dark')
      await page.goto(to.settings('security'))
      await page.getByText('This needs the server.').first().waitFor()
      await requireAccessible(page, 'main')
    })

    it('delete the account, after the password', async () => {
      const ada = await app.newPerson()
      await using device = await app.open(ada, to.settings('account'))
      const { page } = device
      await page.getByRole('button', { name: 'Delete account' }).click()
      const dialog = page.getByRole('alertdialog', { name: 'Delete your account?' })
      await untilEqual(() => page.evaluate('document.activeElement.name'), 'password')
      await page.keyboard.type('not the password')
      await page.keyboard.press('Enter')
      await dialog.getByRole('alert', { name: 'The password is wrong.' }).waitFor()
      await requireAccessible(page)
      await dialog.getByLabel('Password', { exact: true }).fill(ada.password)
      await dialog.getByRole('button', { name: 'Delete account' }).click()
      await page.waitForURL(/\/login|\/welcome/)
      expectStatus(await ada.get('/api/users/me'), 401)
    })
  })
}

const radio = (page: Page, group: string, name: string) =>
  page.getByRole('radiogroup', { name: group }).getByText(name, { exact: true })
const themeOf = (page: Page) => page.evaluate('document.documentElement.dataset.theme')

/** Waits until what the server was asked for is here. */
const settled = (page: Page) =>
  until('the answers of the server', async () => {
    const loading = page.getByRole('status').filter({ has: page.locator('span') })
    return (await loading.count()) === 0
  })

async function exported(page: Page, button: string): Promise<string> {
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: button, exact: true }).click()
  return readFile(await (await downloading).path(), 'utf8')
}
