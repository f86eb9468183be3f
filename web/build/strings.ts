import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compileString } from '@internationalized/string-compiler'
import type { Plugin } from 'vite'

const folder = fileURLToPath(new URL('../src/strings/', import.meta.url))
const prefix = 'virtual:strings/'

/** Features whose screens are loaded later, and their messages with them. */
export const laterFeatures = [
  'birthdays',
  'conflicts',
  'duplicates',
  'history',
  'imports',
  'nothing',
  'settings',
  'trash',
  'waiting',
] as const
/** What the signed-out pages say, and nothing of the rest. */
const accountFeatures = ['account'] as const
/** What only the screen of an import says. */
const remarkFeatures = ['remarks'] as const

/**
 * `import('virtual:strings/de')`: what the first screen says in a language, its ICU messages compiled to
 * code; `virtual:strings/de/later` has those of later screens, `virtual:strings/de/account` those of the
 * signed-out pages, and `virtual:strings/de/remarks` what there is to tell of imports.
 */
export function strings(): Plugin {
  return {
    name: 'strings',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return undefined
      const [language = '', part = 'first'] = id.slice(prefix.length + 1).split('/')
      const features = featuresOf(language, part)
      for (const feature of features) this.addWatchFile(fileOf(language, feature))
      const messages = Object.entries(readCatalogue(language, features))
      const lines = messages.map(([key, text]) => `${JSON.stringify(key)}: ${compileString(text)}`)
      return `export const messages = {\n${lines.join(',\n')}\n}\n`
    },
  }
}

/** The messages of some features, or of all, by their keys; each feature has a file of its own. */
export function readCatalogue(
  language: string,
  features: readonly string[] = allFeatures(language),
): Record<string, string> {
  const parts = features.map(
    (feature) => JSON.parse(readFileSync(fileOf(language, feature), 'utf8')) as object,
  )
  return Object.assign({}, ...parts) as Record<string, string>
}

function featuresOf(language: string, part: string): readonly string[] {
  if (part === 'account') return accountFeatures
  if (part === 'later') return laterFeatures
  if (part === 'remarks') return remarkFeatures
  const others: ReadonlySet<string> = new Set([
    ...accountFeatures,
    ...laterFeatures,
    ...remarkFeatures,
  ])
  return allFeatures(language).filter((feature) => !others.has(feature))
}

function allFeatures(language: string): string[] {
  const names = readdirSync(`${folder}${language}`).filter((name) => name.endsWith('.json'))
  return names.map((name) => name.slice(0, -'.json'.length)).sort()
}

function fileOf(language: string, feature: string): string {
  return `${folder}${language}/${feature}.json`
}
