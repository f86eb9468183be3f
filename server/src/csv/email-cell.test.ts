import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readRow } from '../../test/csv-rows.ts'

const emailsOf = async (cell: string) =>
  (await readRow(`Name,Email\n"Ann Bee","${cell.replaceAll('"', '""')}"\n`)).contact.emails

describe('an e-mail cell', () => {
  it('may hold several addresses', async () => {
    for (const cell of ['a@example.org; b@example.org', 'a@example.org,b@example.org\n']) {
      assert.deepEqual(await emailsOf(cell), [
        { label: null, value: 'a@example.org' },
        { label: null, value: 'b@example.org' },
      ])
    }
  })

  it('may hold a name before the address, which is its label unless it is the contact’s', async () => {
    for (const [cell, label] of [
      ['Ann Bee <a@example.org>', null],
      ['"Bee, Ann" <a@example.org>', null],
      ['<a@example.org>', null],
      ['Office <a@example.org>', 'Office'],
    ] as const) {
      assert.deepEqual(await emailsOf(cell), [{ label, value: 'a@example.org' }], cell)
    }
  })

  it('that holds anything else is kept as it is', async () => {
    for (const cell of ['a@example.org; ask Bob', 'none, sorry', 'a@b@c <x>']) {
      assert.deepEqual(await emailsOf(cell), [{ label: null, value: cell }])
    }
  })
})
