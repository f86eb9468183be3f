import { chromium, type BrowserContextOptions, type Page } from 'playwright-core'
import { findChromium } from './programs.ts'

export type Browser = AsyncDisposable & {
  page: Page
  /** What the browser wrote to its console: refused by a policy, failed, or wrong in a script. */
  complaints: string[]
  /** Every address that was asked for. */
  requested: URL[]
}

/** Why a test that needs a browser is skipped on this machine; false when it is not. */
export function withoutChromium(): string | false {
  return findChromium() ? false : 'Chromium was not found'
}

export async function openBrowser(options: BrowserContextOptions = {}): Promise<Browser> {
  const executablePath = findChromium()
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--disable-gpu', '--disable-quic', '--disable-sync'],
  })
  const page = await browser.newPage({ viewport: { width: 1200, height: 1000 }, ...options })
  const complaints: string[] = []
  const requested: URL[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('request', (request) => requested.push(new URL(request.url())))
  return { page, complaints, requested, [Symbol.asyncDispose]: () => browser.close() }
}
