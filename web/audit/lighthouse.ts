import type { Account } from './server.ts'

type Result = { lhr: { categories: Record<string, { score: number | null }> } }
type Lighthouse = (url: string, flags: object, config?: object) => Promise<Result | undefined>

const screens = ['/login', '/', '/settings/appearance']
const rounds = 3

/**
 * Rates screens on a phone and at a desk: the median of three.
 * @param port where Chromium lets itself be driven
 */
export async function* rateScreens({ url }: Account, port: number): AsyncGenerator<string> {
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
      const medians = Object.entries(scores).map(([name, all]) => `${name} ${middle(all)}`)
      yield `${path.padEnd(24)} ${device.padEnd(6)} ${medians.join(' · ')}`
    }
  }
}

function middle(scores: number[]): number {
  return scores.toSorted((one, other) => one - other)[Math.floor(scores.length / 2)] ?? 0
}
