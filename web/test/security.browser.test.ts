import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { startApp, withoutBrowser, type App } from './app.ts'
import { addPeople } from './book.ts'
import { button, see } from './seen.ts'

const attack = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`
const values = [{ label: attack, value: attack }]
const hostile = {
  first_name: attack,
  last_name: attack.slice(0, 150),
  company: attack,
  job_title: attack,
  nickname: attack,
  additional_data: attack,
  links: [{ label: attack, value: 'javascript:document.title="owned"' }],
  relations: values,
  custom_fields: values,
  addresses: [{ label: attack, street: attack, city: attack }],
  messengers: [{ label: attack, service: attack, value: attack }],
  dates: values,
}

describe('the web app in a hostile world', { skip: withoutBrowser() }, () => {
  let app: App
  before(async () => {
    app = await startApp()
  })
  after(() => app[Symbol.asyncDispose]())

  it('shows markup in every field as text', async () => {
    const ada = await app.newPerson()
    const [id = ''] = await addPeople(ada, [hostile])
    await using device = await app.open(ada, `/c/${id}`)
    const { page } = device
    await see(page.getByRole('heading', { level: 2, name: /<img src=x/ }))
    await page.goto(`/c/${id}/history`)
    await see(page.getByRole('list', { name: 'Versions' }))
    await page.goto(`/c/${id}/edit`)
    await see(page.getByRole('form'))
    assert.notEqual(await page.title(), 'owned')
    assert.equal(await page.locator('img[src="x"], script:not([src])').count(), 0)
    const scripted = page.locator('a[href^="javascript:"]')
    assert.equal(await scripted.count(), 0)
  })

  it('keeps tokens out of everything that scripts can read later', async () => {
    const ada = await app.newPerson()
    await addPeople(ada, [{ first_name: 'Ada' }])
    await using device = await app.open(ada)
    const { page, context } = device
    await see(page.getByRole('row', { name: /Ada/ }))
    await see(button(page, 'Sync: up to date'))
    const stored = await page.evaluate(async () => {
      const databases = await indexedDB.databases()
      const all: unknown[] = [
        Object.entries(localStorage),
        Object.entries(sessionStorage),
        document.cookie,
      ]
      for (const { name } of databases) {
        if (name === undefined) continue
        const database = await new Promise<IDBDatabase>((resolve, reject) => {
          const opening = indexedDB.open(name)
          opening.addEventListener('success', () => resolve(opening.result))
          opening.addEventListener('error', () => reject(new Error(name)))
        })
        for (const store of database.objectStoreNames) {
          const values = await new Promise((resolve) => {
            const reading = database.transaction(store).objectStore(store).getAll()
            reading.addEventListener('success', () => resolve(reading.result))
          })
          all.push(values)
        }
        database.close()
      }
      return JSON.stringify(all)
    })
    const all = await context.cookies()
    const cookies = all.filter(({ name }) => /refresh|device/.test(name))
    assert.ok(cookies.length > 0)
    assert.ok(cookies.every(({ httpOnly }) => httpOnly))
    assert.ok(cookies.every(({ sameSite }) => sameSite === 'Strict'))
    for (const { value } of cookies) assert.ok(!stored.includes(value), 'a cookie is stored')
    assert.doesNotMatch(stored, /eyJ[\w-]+\.[\w-]+\.[\w-]+/, 'a JWT is stored')
    assert.ok(stored.includes('Ada'), 'the book itself was looked through')
  })

  it('has a policy that allows nothing from elsewhere, and no script of a page', async () => {
    const ada = await app.newPerson()
    const blocked = [/Content Security Policy/, /Trusted/, /Refused/]
    await using device = await app.open(ada, '/', { expected: blocked })
    const { page } = device
    await see(page.getByRole('main'))
    const answer = await page.request.get('/')
    const policy = answer.headers()['content-security-policy'] ?? ''
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "connect-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "require-trusted-types-for 'script'",
    ]) {
      assert.ok(policy.includes(rule), rule)
    }
    assert.doesNotMatch(policy, /unsafe-(inline|eval)/)
    const ran = await page.evaluate(() => {
      const script = document.createElement('script')
      try {
        script.textContent = 'document.title = "owned"'
        document.body.append(script)
      } catch {
        // Refused by Trusted Types already.
      }
      return document.title === 'owned'
    })
    assert.equal(ran, false)
  })

  it('answers its cookie routes to nobody but its own pages', async () => {
    const ada = await app.newPerson()
    await using device = await app.open(ada)
    const { page, context } = device
    // The page has its own tokens by then, and asks for no others meanwhile.
    await see(button(page, 'Sync: up to date'))
    const refresh = (headers: Record<string, string>) =>
      context.request.post('/api/auth/browser/refresh', { headers })
    const own = { 'x-kith': '1', origin: app.server.url, 'sec-fetch-site': 'same-origin' }
    const foreign = [
      { ...own, 'sec-fetch-site': 'cross-site' },
      { ...own, 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:1' },
      { ...own, 'x-kith': '' },
    ]
    for (const headers of foreign) assert.equal((await refresh(headers)).status(), 403)
    assert.equal((await refresh(own)).status(), 200)
  })
})
