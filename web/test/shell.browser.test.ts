import assert from 'node:assert/strict'
import { appendFile, cp, mkdtempDisposable, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { requireBuild, startApp, withoutBrowser } from './app.ts'
import { button, see, shellIsKept } from './seen.ts'

const skip = withoutBrowser()
if (!skip) await describeShell()

async function describeShell() {
  const home = await mkdtempDisposable(join(tmpdir(), 'shell-'))
  const folder = join(home.path, 'dist')
  await cp(requireBuild().folder, folder, { recursive: true })
  const app = await startApp({}, { folder })
  after(async () => {
    await app[Symbol.asyncDispose]()
    await home[Symbol.asyncDispose]()
  })

  describe('the shell of the app', () => {
    it('opens without a network, at every address, as it was', async () => {
      const ada = await app.newPerson()
      await using device = await app.open(ada, '/', { keepsShell: true })
      const { page, context } = device
      await shellIsKept(page)
      await context.setOffline(true)
      for (const path of ['/', '/birthdays', '/settings/appearance', '/?q=zoe']) {
        await page.goto(path)
        await page.getByRole('navigation', { name: 'Main' }).waitFor({ state: 'attached' })
        assert.equal(await page.evaluate('navigator.onLine'), false)
      }
    })

    it('has the signed-out pages without a network, as after a log-out', async () => {
      const ada = await app.newPerson()
      const expected = [/ERR_INTERNET_DISCONNECTED/]
      await using device = await app.open(ada, '/', { keepsShell: true, expected })
      const { page, context } = device
      await shellIsKept(page)
      await context.setOffline(true)
      for (const [path, heading] of [
        ['/welcome', 'Kith'],
        ['/login?next=%2F', 'Log in'],
        ['/forgot', 'Forgot your password?'],
      ] as const) {
        await page.goto(path)
        await page.getByRole('heading', { level: 1, name: heading }).waitFor()
      }
    })

    it('leads to the signed-out pages without a network where nobody is known, as after a log-out', async () => {
      const ada = await app.newPerson()
      const expected = [/ERR_INTERNET_DISCONNECTED/]
      await using device = await app.open(ada, '/', { keepsShell: true, expected })
      const { page, context } = device
      await see(button(page, 'Sync: up to date'))
      await shellIsKept(page)
      await context.setOffline(true)
      await button(page, 'Account').click()
      await page.getByRole('menuitem', { name: 'Log out' }).click()
      await page.waitForURL('**/welcome')
      await page.goto('/')
      await page.waitForURL('**/welcome')
      await page.goto('/birthdays')
      await page.getByRole('heading', { level: 1, name: 'Log in' }).waitFor()
    })

    it('keeps nothing of the API, and leaves other pages to the server', async () => {
      const ada = await app.newPerson()
      await using device = await app.open(ada, '/', { keepsShell: true })
      const { page } = device
      await shellIsKept(page)
      const kept = await keptAddresses(page)
      assert.ok(kept.includes('/'), String(kept))
      assert.deepEqual(
        kept.filter((path) => path.startsWith('/api')),
        [],
      )
      await page.goto('/nothing-here')
      assert.match(await page.locator('body').innerText(), /There is nothing at this path/)
    })

    it('takes a new version when somebody wants it, and drops the old one', async () => {
      const ada = await app.newPerson()
      await using device = await app.open(ada, '/', { keepsShell: true })
      const { page } = device
      await shellIsKept(page)
      await publishNewVersion(folder)
      await page.evaluate(() => navigator.serviceWorker.ready.then((kept) => kept.update()))
      const first = await page.evaluate(() => performance.timeOrigin)
      const reload = page.getByRole('button', { name: 'Reload for the new version' })
      await reload.waitFor()
      assert.equal(await page.evaluate(() => performance.timeOrigin), first)
      await reload.click()
      // As text it would be evaluated again each time, which the policy of the page forbids.
      await page.waitForFunction((first) => performance.timeOrigin !== first, first)
      await page.waitForFunction(() =>
        navigator.serviceWorker.ready.then(({ waiting }) => waiting === null),
      )
    })
  })
}

function keptAddresses(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const names = await caches.keys()
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
    return requests.flat().map(({ url }) => new URL(url).pathname)
  })
}

/** To a browser, a service worker with other octets is a new one. */
async function publishNewVersion(folder: string) {
  await appendFile(join(folder, 'sw.js'), '\n')
  await rm(join(folder, 'sw.js.br'))
  await rm(join(folder, 'sw.js.gz'))
}
