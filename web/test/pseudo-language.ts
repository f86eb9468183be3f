import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext } from 'playwright-core'
import { requireBuild } from './app.ts'

/**
 * Has the pages of a device speak a language that there is in tests alone: English, every text two fifths
 * longer, from the right to the left.
 */
export async function speakPseudoLanguage(context: BrowserContext): Promise<void> {
  const catalogues = cataloguesOfEnglish()
  await context.route(
    ({ pathname }) => catalogues.has(pathname.slice(1)),
    async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, body: lengthened(await response.text()) })
    },
  )
  await context.route('**/*', async (route) => {
    if (route.request().resourceType() !== 'document') return route.fallback()
    const response = await route.fetch()
    const page = (await response.text()).replace('<html', '<html dir="rtl"')
    return route.fulfill({ response, body: page })
  })
  await context.addInitScript(() => {
    // English in Arabic letters: what widgets know of the direction.
    localStorage.setItem('kith-region', 'Arab-AE')
    // It would answer for the server.
    Reflect.deleteProperty(Navigator.prototype, 'serviceWorker')
  })
}

function cataloguesOfEnglish(): ReadonlySet<string> {
  const path = join(requireBuild().folder, '.vite/manifest.json')
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, { file: string }>
  const isEnglish = ([name]: [string, unknown]) => /virtual:strings\/en(\/|$)/.test(name)
  return new Set(
    Object.entries(manifest)
      .filter(isEnglish)
      .map(([, { file }]) => file),
  )
}

/** Lets a module of messages export them longer. */
function lengthened(module: string): string {
  return module.replace(/export\s*\{\s*([\w$]+) as messages\s*\};?/, (_, messages: string) => {
    return `
      const words = 'and some more words of it'
      const longer = (text) => text + ' ' + words.slice(0, Math.ceil(text.length * 0.4)).trim()
      const longerMessages = Object.fromEntries(
        Object.entries(${messages}).map(([name, message]) => [
          name,
          typeof message === 'function' ? (...all) => longer(message(...all)) : longer(message),
        ]),
      )
      export { longerMessages as messages }`
  })
}
