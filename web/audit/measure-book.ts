import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import type { Account } from './server.ts'

declare global {
  var rowsShown: Promise<number>
}

/** A figure; milliseconds are of the clock, so a busy machine makes them more. */
export type Figure = { name: string; value: number; unit: string }

const rounds = 5
const words = ['maria', 'an', '030 1', 'example', 'shev']
/** How long after a key nothing is waited for any more: it was one that changes nothing. */
const longestKeyMs = 2_000

/** The figures of a book, from its first sync on. */
export async function* measureBook(
  context: BrowserContext,
  account: Account,
): AsyncGenerator<Figure> {
  await context.addInitScript(watchForRows)
  const page = await context.newPage()
  await logIn(context, account)
  const calls = callsOf(context)
  yield* firstSync(page)
  await until(page, () => navigator.serviceWorker.controller !== null)

  yield await starts(page, 1)
  yield await starts(page, 4)
  calls.length = 0
  const listening = page.waitForRequest(/\/api\/changes\/events/)
  await page.goto('/')
  await listening
  yield { name: 'calls of an opening', value: calls.length, unit: '' }

  calls.length = 0
  const before = await threadMs(page)
  yield await keys(page, 1)
  const keyCount = words.join('').length
  const perKey = ((await threadMs(page)) - before) / keyCount
  yield { name: 'a key, time of the page’s thread', value: perKey, unit: 'ms' }
  yield await keys(page, 4)
  yield await scrolling(page, 1)
  yield await scrolling(page, 4)
  yield { name: 'calls of searching and scrolling', value: calls.length, unit: '' }
  yield await heap(page)
  await page.close()
}

async function logIn(context: BrowserContext, { url, email, password }: Account): Promise<void> {
  const answer = await context.request.post(`${url}/api/auth/browser/login`, {
    data: { email, password },
    headers: { 'x-kith': '1', origin: url, 'sec-fetch-site': 'same-origin' },
  })
  if (!answer.ok()) throw new Error(`the login failed: ${answer.status()}`)
}

/** The calls of the API but for photos, as they are made. */
function callsOf(context: BrowserContext): string[] {
  const calls: string[] = []
  context.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/api/') && !pathname.endsWith('/photo')) calls.push(pathname)
  })
  return calls
}

/** The first frame with rows, from the start of the navigation on. */
const firstRows = (page: Page) => page.evaluate(() => globalThis.rowsShown)
const upToDate = (page: Page) =>
  page.getByRole('button', { name: 'Sync: up to date' }).waitFor({ timeout: 120_000 })
const until = (page: Page, isTrue: () => boolean) => page.waitForFunction(isTrue)

async function* firstSync(page: Page): AsyncGenerator<Figure> {
  await page.goto('/', { waitUntil: 'commit' })
  yield { name: 'first sync: usable', value: await firstRows(page), unit: 'ms' }
  await upToDate(page)
  const complete = await page.evaluate(() => performance.now())
  yield { name: 'first sync: complete', value: complete, unit: 'ms' }
}

async function starts(page: Page, slowdown: number): Promise<Figure> {
  await slowedBy(page, slowdown)
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    await page.goto('about:blank')
    await page.goto('/', { waitUntil: 'commit' })
    times.push(await firstRows(page))
    await upToDate(page)
  }
  await slowedBy(page, 1)
  return { name: `warm start: first rows, CPU ×${slowdown}`, value: median(times), unit: 'ms' }
}

/** Playwright looks every half second whether something is there, which is too seldom. */
function watchForRows(): void {
  globalThis.rowsShown = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (document.querySelectorAll('[role=row]').length < 3) return
      observer.disconnect()
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))
    })
    observer.observe(document, { childList: true, subtree: true })
  })
}

/** From a key to the frame that has the result; keys that change nothing in sight are left out. */
async function keys(page: Page, slowdown: number): Promise<Figure> {
  const box = page.getByRole('searchbox', { name: 'Search contacts' })
  const times: number[] = []
  await slowedBy(page, slowdown)
  for (const word of words) {
    await box.fill('')
    await page.getByRole('row').nth(2).waitFor()
    for (const key of word) {
      const painted = await page.evaluateHandle(watchForPaint, longestKeyMs)
      await page.keyboard.press(key === ' ' ? 'Space' : key)
      const ms = await painted.evaluate(({ ms }) => ms)
      if (ms !== null) times.push(ms)
    }
  }
  await box.fill('')
  await slowedBy(page, 1)
  return { name: `key to result, p95, CPU ×${slowdown}`, value: p95(times), unit: 'ms' }
}

/**
 * `ms` resolves with the time from the next key to the frame behind the change of what the list shows. Null: it
 * did not change.
 */
function watchForPaint(longestMs: number): { ms: Promise<number | null> } {
  // More than a window has in sight; further rows come once nobody types.
  const rowsCompared = 12
  const wordsOf = (row: Element) => {
    const marked = Array.from(row.querySelectorAll('mark'), (mark) => mark.textContent)
    return [row.textContent, ...marked].join('|')
  }
  const shown = () => {
    const count = document.querySelector('[aria-rowcount]')?.getAttribute('aria-rowcount') ?? '0'
    const rows = [...document.querySelectorAll('[role=row]')].slice(0, rowsCompared)
    return [count, ...rows.map(wordsOf)].join('\n')
  }
  const before = shown()
  const ms = new Promise<number | null>((resolve) => {
    let start = 0
    const observer = new MutationObserver(() => {
      if (start === 0 || shown() === before) return
      observer.disconnect()
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)))
    })
    observer.observe(document.querySelector('main') ?? document.body, {
      childList: true,
      subtree: true,
      characterData: true,
      attributeFilter: ['aria-rowcount'],
    })
    const begin = (event: Event) => {
      start = event.timeStamp
      setTimeout(() => {
        observer.disconnect()
        resolve(null)
      }, longestMs)
    }
    addEventListener('keydown', begin, { once: true, capture: true })
  })
  return { ms }
}

async function scrolling(page: Page, slowdown: number): Promise<Figure> {
  await page.getByRole('row').nth(2).hover()
  await slowedBy(page, slowdown)
  const frames = page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const times: number[] = []
        let last: number | null = null
        // When the frame began, and not when what comes before this in it was done.
        const note = (now: number) => {
          if (last !== null) times.push(now - last)
          last = now
          if (times.length < 120) requestAnimationFrame(note)
          else resolve(times)
        }
        requestAnimationFrame(note)
      }),
  )
  for (let step = 0; step < 40; step++) await page.mouse.wheel(0, 300)
  const times = await frames
  await slowedBy(page, 1)
  return { name: `frame while scrolling, p95, CPU ×${slowdown}`, value: p95(times), unit: 'ms' }
}

async function heap(page: Page): Promise<Figure> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return { name: 'heap of the page', value: usedSize / 1e6, unit: 'MB' }
}

/** How long the page's thread has worked, which a busy machine hardly changes. */
async function threadMs(page: Page): Promise<number> {
  const session = await sessionOf(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const { metrics } = await session.send('Performance.getMetrics')
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0)
}

const sessions = new WeakMap<Page, Promise<CDPSession>>()

async function slowedBy(page: Page, rate: number): Promise<void> {
  await (await sessionOf(page)).send('Emulation.setCPUThrottlingRate', { rate })
}

function sessionOf(page: Page): Promise<CDPSession> {
  const session = sessions.get(page) ?? page.context().newCDPSession(page)
  sessions.set(page, session)
  return session
}

function p95(times: number[]): number {
  const sorted = times.toSorted((one, other) => one - other)
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0
}

function median(times: number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0
}
