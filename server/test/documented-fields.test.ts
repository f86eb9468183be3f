import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { lists, textFields } from '../src/book/fields.ts'
import { problemCodes } from '../src/http/problem-codes.ts'

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
})
