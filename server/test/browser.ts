import { after } from 'node:test'
import {
  chromium,
  type Browser as Chromium,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core'
import { findHeadlessChromium } from './programs.ts'

export type Browser = AsyncDisposable & {
  page: Page
  /** What the browser wrote to its console: refused by a policy, failed, or wrong in a script. */
  complaints: string[]
  /** Every address that was asked for. */
  requested: URL[]
}

/** Why a test that needs a browser is skipped on this machine; false when it is not. */
export function withoutChromium(): string | false {
  return findHeadlessChromium() ? false : 'Chromium was not found'
}

export function launchChromium(): Promise<Chromium> {
  const executablePath = findHeadlessChromium()
  return chromium.launch({
    ...(executablePath && { executablePath }),
    // Without a language of the system, Chromium gives files no names beyond ASCII.
    env: { ...process.env, LANG: 'C.UTF-8' },
    args: ['--disable-gpu', '--disable-quic', '--disable-sync'],
  })
}

let shared: Promise<Chromium> | undefined
after(async () => (await shared)?.close())

/** A browser with storage of its own, in the one Chromium of this test file. */
export async function openBrowser(options: BrowserContextOptions = {}): Promise<Browser> {
  shared ??= launchChromium()
  const chromium = await shared
  const context = await chromium.newContext({ viewport: { width: 1200, height: 1000 }, ...options })
  const page = await context.newPage()
  const complaints: string[] = []
  const requested: URL[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('request', (request) => requested.push(new URL(request.url())))
  return { page, complaints, requested, [Symbol.asyncDispose]: () => context.close() }
}
