import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { cardWith } from '../../../test/cards.ts'
import { contactsOf } from '../../../test/contacts.ts'
import { entriesOf, imported } from '../../../test/imports.ts'
import { signUp } from '../../../test/people.ts'
import { startServer } from '../../../test/server.ts'
import type { Import, ImportEntry } from '../schema.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

describe('a birthday that is none', () => {
  const detail = '“1988-13-45” is no birthday: it was kept among the other dates.'
  const remarks = [{ code: 'birthday_among_dates', detail, values: { text: '1988-13-45' } }]

  for (const [name, file] of [
    [
      'vcf',
      cardWith('3.0', 'FN:Ada', 'BDAY:1988-13-45') + cardWith('3.0', 'FN:Bo', 'BDAY:1988-12-05'),
    ],
    ['csv', 'Name,Birthday\r\nAda,1988-13-45\r\nBo,1988-12-05\r\n'],
  ] as const) {
    it(`is told of in a file of ${name}, and kept`, async () => {
      const owner = await signUp(server)
      for (const dryRun of [true, false]) {
        const done = await imported(owner, file, { name: `contacts.${name}`, dryRun })
        assert.equal(done.created, 2)
        const [ada, bo] = await entriesOf(owner, done)
        assert.deepEqual([ada?.outcome, ada?.reason, ada?.remarks], ['created', detail, remarks])
        assert.deepEqual(bo?.remarks ?? [], [])
      }
      const [ada] = await contactsOf(owner)
      assert.deepEqual(
        [ada?.birthday, ada?.dates],
        [null, [{ label: 'birthday', value: '1988-13-45' }]],
      )
    })
  }

  it('may lie in the future, and has its text cut where it is long', async () => {
    const owner = await signUp(server)
    const file =
      cardWith('3.0', 'FN:Ada', 'BDAY:9999-12-31') +
      cardWith('4.0', 'FN:Bo', `BDAY;VALUE=text:${'circa '.repeat(20)}1800`)
    const entries = await entriesOf(owner, await imported(owner, file))
    assert.deepEqual(
      entries.flatMap((entry) => entry.remarks.map(({ values }) => values)),
      [{ text: '9999-12-31' }, { text: `${'circa '.repeat(10)}…` }],
    )
  })
})

it('is listed alone, whatever became of the entries but those that failed', async () => {
  const owner = await signUp(server)
  const ada = cardWith('3.0', 'UID:ada', 'FN:Ada', 'BDAY:1988-13-45')
  await imported(owner, ada)
  const group = ['X-ADDRESSBOOKSERVER-KIND:group', 'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:ada']
  const others = cardWith('3.0', 'FN:Choir', ...group) + cardWith('3.0', 'FN:N\0L')
  const changed = ada.replace('END:VCARD', 'NICKNAME:Countess\r\nEND:VCARD')
  const done = await imported(owner, changed + others + cardWith('3.0', 'FN:Bo'))
  const answer = await owner.get(`/api/imports/${done.id}/entries?remarked=true`)
  assert.deepEqual(
    answer.json<ImportEntry[]>().map(({ name, outcome }) => [name, outcome]),
    [
      ['Ada', 'updated'],
      ['Choir', 'created'],
    ],
  )
})

it('what an older version told of an import is told as it was', async () => {
  const owner = await signUp(server)
  const done = await imported(owner, cardWith('3.0', 'FN:N\0L'))
  const { pool } = server.services.database
  await pool.query(`update import_entries set remarks = null, reason = 'Old.'`)
  await pool.query(`update imports set reason = 'Older.', warning = 'Oldest.'`)
  const [entry] = await entriesOf(owner, done)
  assert.deepEqual([entry?.reason, entry?.remarks], ['Old.', []])
  const row = (await owner.get(`/api/imports/${done.id}`)).json<Import>()
  assert.deepEqual([row.reason, row.warning, row.remarks], ['Older.', 'Oldest.', []])
})
