import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { lists, textFields } from '../src/book/fields.ts'

describe('API.md', () => {
  it('names every field of a contact', async () => {
    const page = await readFile(new URL('../../API.md', import.meta.url), 'utf8')
    const unnamed = [...textFields, ...lists].filter((field) => !page.includes(`\`${field}\``))
    assert.deepEqual(unnamed, [])
  })
})
