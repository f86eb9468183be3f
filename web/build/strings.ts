import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compileString } from '@internationalized/string-compiler'
import type { Plugin } from 'vite'

const folder = fileURLToPath(new URL('../src/strings/', import.meta.url))
const prefix = 'virtual:strings/'

/**
 * `import('virtual:strings/de')`: the catalogue of a language, its ICU messages compiled to code;
 * `virtual:strings/de/account` has those of one feature alone.
 */
export function strings(): Plugin {
  return {
    name: 'strings',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return undefined
      const [language = '', feature] = id.slice(prefix.length + 1).split('/')
      for (const file of filesOf(language, feature)) this.addWatchFile(file)
      const messages = Object.entries(readCatalogue(language, feature))
      const lines = messages.map(([key, text]) => `${JSON.stringify(key)}: ${compileString(text)}`)
      return `export const messages = {\n${lines.join(',\n')}\n}\n`
    },
  }
}

/** All messages of a language, by their keys; each feature has a file of its own. */
export function readCatalogue(language: string, feature?: string): Record<string, string> {
  const parts = filesOf(language, feature).map(
    (file) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>,
  )
  return Object.assign({}, ...parts)
}

function filesOf(language: string, feature?: string): string[] {
  const all = readdirSync(`${folder}${language}`).filter((name) => name.endsWith('.json'))
  const names = feature === undefined ? all : [`${feature}.json`]
  return names.sort().map((name) => `${folder}${language}/${name}`)
}
