import type { BrowserContext } from 'playwright-core'
import type { Account } from './server.ts'

type Result = { lhr: { categories: Record<string, { score: number | null }> } }
type Lighthouse = (url: string, flags: object, config?: object) => Promise<Result | undefined>

const rounds = 3

/**
 * Rates screens on a phone and at a desk: the median of three.
 * @param port where Chromium lets itself be driven
 */
export async function* rateScreens(
  context: BrowserContext,
  { url }: Account,
  port: number,
): AsyncGenerator<string> {
  const screens = ['/login', '/', await firstContact(context), '/settings/appearance']
  const { default: lighthouse, desktopConfig } = (await import('lighthouse')) as {
    default: Lighthouse
    desktopConfig: object
  }
  for (const path of screens) {
    for (const [device, config] of [
      ['phone', undefined],
      ['desk', desktopConfig],
    ] as const) {
      const scores: Record<string, number[]> = {}
      for (let round = 0; round < rounds; round++) {
        const flags = { port, output: 'json', logLevel: 'error', disableStorageReset: true }
        const result = await lighthouse(`${url}${path}`, flags, config)
        for (const [name, { score }] of Object.entries(result?.lhr.categories ?? {})) {
          ;(scores[name] ??= []).push(Math.round((score ?? 0) * 100))
        }
      }
      const medians = Object.entries(scores).map(([kind, all]) => `${kind} ${middle(all)}`)
      const name = path.startsWith('/c/') ? '/c/:id' : path
      yield `${name.padEnd(24)} ${device.padEnd(6)} ${medians.join(' · ')}`
    }
  }
}

/** The path of the contact that comes first in the list. */
async function firstContact(context: BrowserContext): Promise<string> {
  const page = await context.newPage()
  await page.goto('/')
  await page.getByRole('row').nth(1).click()
  await page.waitForURL(/\/c\//)
  const { pathname } = new URL(page.url())
  await page.close()
  return pathname
}

function middle(scores: number[]): number {
  return scores.toSorted((one, other) => one - other)[Math.floor(scores.length / 2)] ?? 0
}
