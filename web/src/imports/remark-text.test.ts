import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { runInThisContext } from 'node:vm'
import {
  LocalizedStringDictionary,
  LocalizedStringFormatter,
  type LocalizedString,
} from '@internationalized/string'
import { compileString } from '@internationalized/string-compiler'
import { refusalCodes } from '../../../server/src/imports/remarks/refused.ts'
import { remark, remarkCodes, type Remark } from '../../../server/src/imports/remarks/remark.ts'
import { remarkExamples } from '../../../server/test/remark-examples.ts'
import { readCatalogue } from '../../build/strings.ts'
import { insertable } from './remark-text.ts'

const remarks = remarkCodes.map((code) => remark(code, ...(remarkExamples[code] as [never])))

describe('the remarks of imports', () => {
  for (const language of ['en', 'de', 'uk']) {
    const catalogue = readCatalogue(language, ['remarks'])
    const say = speaker(language, catalogue)

    it(`${language}: have a text for every code, and no other ones`, () => {
      const keys = remarkCodes.map((code) => `remarks.${code}`)
      assert.deepEqual(Object.keys(catalogue).sort(), keys.sort())
    })

    it(`${language}: take the values that the server gives`, () => {
      for (const one of remarks) assert.doesNotMatch(say(one), /undefined|NaN|\[object/, one.code)
    })

    it(`${language}: have a text for every error that may end an import`, () => {
      const problems = readCatalogue(language, ['problems'])
      assert.deepEqual(
        refusalCodes.filter((code) => !(`problems.${code}` in problems)),
        [],
      )
    })
  }

  it('say in English what the server says, but for what stands in English there alone', () => {
    const say = speaker('en', readCatalogue('en', ['remarks']))
    for (const one of remarks) {
      if (one.code === 'field_not_valid') continue
      assert.equal(say(one).replaceAll(/(?<=\d),(?=\d{3})/g, ''), one.detail)
    }
  })
})

/** What the app says of a remark. */
function speaker(language: string, catalogue: Record<string, string>) {
  const messages = Object.entries(catalogue).map(([key, text]): [string, LocalizedString] => {
    return [key, runInThisContext(compileString(text)) as LocalizedString]
  })
  const dictionary = new LocalizedStringDictionary({ [language]: Object.fromEntries(messages) })
  const formatter = new LocalizedStringFormatter(language, dictionary)
  return ({ code, values }: Remark) => formatter.format(`remarks.${code}`, insertable(values))
}
