import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { lists, textFields } from '../src/book/fields.ts'
import { problemCodes } from '../src/http/problem-codes.ts'
import { refusalCodes } from '../src/imports/remarks/refused.ts'
import { remarkCodes, type RemarkCode } from '../src/imports/remarks/remark.ts'
import { remarkExamples } from './remark-examples.ts'

describe('API.md', () => {
  it('names every field of a contact', async () => {
    const page = await readFile(new URL('../../API.md', import.meta.url), 'utf8')
    const unnamed = [...textFields, ...lists].filter((field) => !page.includes(`\`${field}\``))
    assert.deepEqual(unnamed, [])
  })

  it('names every code of a problem, beside its status', async () => {
    const page = await readFile(new URL('../../API.md', import.meta.url), 'utf8')
    const unnamed = problemCodes.filter(
      ({ status, code }) => !new RegExp(`^\\| ${status} \\| .*\`${code}\``, 'm').test(page),
    )
    assert.deepEqual(unnamed, [])
  })

  it('names every code of a remark about an import, beside its values', async () => {
    const page = await readFile(new URL('../../API.md', import.meta.url), 'utf8')
    const rows = page.split('\n').filter((line) => line.startsWith('| '))
    const unnamed = [...remarkCodes, ...refusalCodes].filter((code) => {
      const [values = {}] = code in remarkExamples ? remarkExamples[code as RemarkCode] : []
      const names = [code, ...Object.keys(values)]
      return !rows.some((row) => names.every((name) => row.includes(`\`${name}\``)))
    })
    assert.deepEqual(unnamed, [])
  })
})
