import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import type { Account } from './server.ts'

/** A figure; milliseconds are of the clock, so a busy machine makes them more. */
export type Figure = { name: string; value: number; unit: string }

const rounds = 5
const words = ['maria', 'an', '030 1', 'example', 'shev']

/** The figures of a book, from its first sync on. */
export async function* measureBook(
  context: BrowserContext,
  account: Account,
): AsyncGenerator<Figure> {
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

const firstRow = (page: Page) => page.getByRole('row').nth(2).waitFor()
const upToDate = (page: Page) =>
  page.getByRole('button', { name: 'Sync: up to date' }).waitFor({ timeout: 120_000 })
const until = (page: Page, isTrue: () => boolean) => page.waitForFunction(isTrue)

async function* firstSync(page: Page): AsyncGenerator<Figure> {
  const start = performance.now()
  await page.goto('/')
  await firstRow(page)
  yield { name: 'first sync: usable', value: performance.now() - start, unit: 'ms' }
  await upToDate(page)
  yield { name: 'first sync: complete', value: performance.now() - start, unit: 'ms' }
}

async function starts(page: Page, slowdown: number): Promise<Figure> {
  await slowedBy(page, slowdown)
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    await page.goto('about:blank')
    await page.goto('/', { waitUntil: 'commit' })
    await firstRow(page)
    // From the start of the navigation, as the page has it.
    times.push(await page.evaluate(() => performance.now()))
    await upToDate(page)
  }
  await slowedBy(page, 1)
  return { name: `warm start: first rows, CPU ×${slowdown}`, value: median(times), unit: 'ms' }
}

/** From a key to the frame that has the result. */
async function keys(page: Page, slowdown: number): Promise<Figure> {
  const box = page.getByRole('searchbox', { name: 'Search contacts' })
  const times: number[] = []
  await slowedBy(page, slowdown)
  for (const word of words) {
    await box.fill('')
    await page.getByRole('row').nth(2).waitFor()
    for (const key of word) {
      const painted = await page.evaluateHandle(watchForPaint)
      await page.keyboard.press(key === ' ' ? 'Space' : key)
      times.push(await painted.evaluate(({ ms }) => ms))
    }
  }
  await box.fill('')
  await slowedBy(page, 1)
  return { name: `key to result, p95, CPU ×${slowdown}`, value: p95(times), unit: 'ms' }
}

/** `ms` resolves with the time from the next key to the frame behind the change of the list. */
function watchForPaint(): { ms: Promise<number> } {
  const ms = new Promise<number>((resolve) => {
    let start = 0
    const list = document.querySelector('main') ?? document.body
    const observer = new MutationObserver(() => {
      if (start === 0) return
      observer.disconnect()
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)))
    })
    observer.observe(list, { childList: true, subtree: true, characterData: true })
    const begin = (event: Event) => {
      start = event.timeStamp
      // A key that changes nothing.
      setTimeout(() => resolve(0), 1_000)
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
        let last = performance.now()
        const note = () => {
          const now = performance.now()
          times.push(now - last)
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
