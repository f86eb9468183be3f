import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { compileString } from '@internationalized/string-compiler'
import { laterFeatures, readCatalogue } from './strings.ts'

const folder = fileURLToPath(new URL('../src/strings/', import.meta.url))
const languages = ['en', 'de', 'uk']
const english = readCatalogue('en')

describe('the catalogues', () => {
  for (const language of languages) {
    const messages = readCatalogue(language)

    it(`${language}: have the same files and keys as the English ones`, () => {
      assert.deepEqual(filesOf(language), filesOf('en'))
      assert.deepEqual(Object.keys(messages).sort(), Object.keys(english).sort())
    })

    it(`${language}: name the feature in each key`, () => {
      const features = new Set(filesOf(language).map((file) => basename(file, '.json')))
      const strange = Object.keys(messages).filter((key) => !features.has(key.split('.')[0] ?? ''))
      assert.deepEqual(strange, [])
    })

    it(`${language}: take the same arguments in each message`, () => {
      const others = Object.entries(messages).filter(
        ([key, text]) => argumentsOf(text).join() !== argumentsOf(english[key] ?? '').join(),
      )
      assert.deepEqual(others, [])
    })

    it(`${language}: have every plural that the language has`, () => {
      const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted()
      const others = Object.entries(messages).filter(([, text]) =>
        pluralsOf(text).some((forms) => !wanted.every((form) => forms.includes(form))),
      )
      assert.deepEqual(others, [])
    })

    it(`${language}: leave no message empty`, () => {
      assert.deepEqual(
        Object.entries(messages).filter(([, text]) => text.trim() === ''),
        [],
      )
    })
  }
})

it('messages of later screens are used by no other ones', () => {
  const source = fileURLToPath(new URL('../src/', import.meta.url))
  const used = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(`${source}${file}`, 'utf8')
      return laterFeatures
        .filter((feature) => !file.startsWith(`${feature}/`))
        .filter((feature) => new RegExp(`text\\(\\s*['\`]${feature}\\.`).test(text))
        .map((feature) => `${file} uses ${feature}`)
    })
  assert.deepEqual(used, [])
})

function filesOf(language: string): string[] {
  return readdirSync(`${folder}${language}`).sort()
}

/** The names that the compiled message reads. */
function argumentsOf(text: string): string[] {
  const found = compileString(text).matchAll(/args\.(\w+)/g)
  return [...new Set([...found].flatMap(([, name]) => name ?? []))].sort()
}

/** The forms of each plural in a message. */
function pluralsOf(text: string): string[][] {
  const found = compileString(text).matchAll(/formatter\.plural\([^,]+, (\{[^]*?\})\)/g)
  return [...found].map(([, forms = '']) =>
    [...forms.matchAll(/"?(=\d+|zero|one|two|few|many|other)"?: [(`]/g)].flatMap(
      ([, form]) => form ?? [],
    ),
  )
}
