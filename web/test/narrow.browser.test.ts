import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { expectStatus, readJson, type Person } from '../../server/test/people.ts'
import { requireAccessible } from './accessibility.ts'
import { startApp, withoutBrowser, type App } from './app.ts'
import { addPeople, fillBook } from './book.ts'
import { requireNoSideways, see } from './seen.ts'

describe('in German, 320 pixels wide', { skip: withoutBrowser() }, () => {
  let app: App
  before(async () => {
    app = await startApp()
  })
  after(() => app[Symbol.asyncDispose]())

  /** Somebody with a label and a contact that was edited once, at a path with its id. */
  async function open(pathOf: (id: string) => string) {
    const ada = await app.newPerson()
    const [id = ''] = await addPeople(ada, [{ first_name: 'Ada' }])
    expectStatus(await ada.post('/api/labels', { name: 'Nachbarschaft' }), 201)
    expectStatus(await ada.patch(`/api/contacts/${id}`, { nickname: 'Addie' }), 200)
    const device = await app.open(ada, pathOf(id), { width: 390, language: 'de-DE' })
    await device.page.setViewportSize({ width: 320, height: 640 })
    return device
  }

  it('the heading of the form has whole words', async () => {
    await using device = await open((id) => `/c/${id}/edit`)
    await requireWholeWords(device.page.getByRole('heading', { name: 'Kontakt bearbeiten' }))
    await requireNoSideways(device.page)
  })

  it('the names of labels have whole words', async () => {
    await using device = await open(() => '/labels')
    await requireWholeWords(device.page.getByRole('main').getByText('Nachbarschaft'))
    await requireNoSideways(device.page)
  })

  it('what the history says has whole words, apart from its buttons', async () => {
    await using device = await open((id) => `/c/${id}/history`)
    const { page } = device
    const first = page.getByRole('listitem').filter({ has: restore(page) })
    await requireWholeWords(first)
    const [button, text] = [await boxOf(restore(page)), await boxOf(first.locator('p').first())]
    const isBelow = button.y >= text.y + text.height
    assert.ok(isBelow || button.x >= text.x + text.width + 8)
    await requireNoSideways(page)
  })
})

describe('at 400 % of zoom, 320 by 256 pixels', { skip: withoutBrowser() }, () => {
  let app: App
  before(async () => {
    app = await startApp()
  })
  after(() => app[Symbol.asyncDispose]())

  for (const path of ['/', '/favourites']) {
    it(`shows two whole rows of ${path}`, async () => {
      const ada = await app.newPerson()
      await fillBook(ada)
      await addPeople(ada, [{ first_name: 'Zoltan', label_ids: await labelIdsOf(ada, 'Starred') }])
      await using device = await app.open(ada, path, { width: 820 })
      const { page } = device
      await page.setViewportSize({ width: 320, height: 256 })
      await see(page.getByRole('row', { name: /^Z/ }).first())
      const whole = await page
        .getByRole('grid')
        .getByRole('row')
        .evaluateAll((rows) =>
          rows.filter((row) => {
            const { x, y, height } = row.getBoundingClientRect()
            const ends = [y + 2, y + height - 2].map((end) =>
              document.elementFromPoint(x + 40, end),
            )
            return ends.every((end) => row.contains(end))
          }),
        )
      assert.ok(whole.length >= 2, `${whole.length} whole rows`)
      await requireNoSideways(page)
      await requireAccessible(page)
    })
  }
})

async function labelIdsOf(owner: Person, name: string): Promise<string[]> {
  const labels = await readJson<{ id: string; name: string }[]>(owner, '/api/labels')
  return labels.filter((label) => label.name === name).map(({ id }) => id)
}

const restore = (page: Page) => page.getByRole('button', { name: 'Wiederherstellen' })

async function boxOf(what: Locator) {
  return (await what.boundingBox()) ?? assert.fail('it is not shown')
}

/** No word begins on one line and ends on another. */
async function requireWholeWords(what: Locator): Promise<void> {
  await see(what)
  const broken = await what.first().evaluate((element) => {
    const found: string[] = []
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const text = texts.currentNode
      for (const { 0: word, index } of (text.textContent ?? '').matchAll(/\p{L}+/gu)) {
        const range = document.createRange()
        range.setStart(text, index)
        range.setEnd(text, index + word.length)
        const tops = new Set(Array.from(range.getClientRects(), ({ top }) => Math.round(top)))
        if (tops.size > 1) found.push(word)
      }
    }
    return found
  })
  assert.deepEqual(broken, [])
}
