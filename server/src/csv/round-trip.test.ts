import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { contactsOf } from '../../test/any-contact.ts'
import { chunksOf } from '../../test/csv-rows.ts'
import { type Address, emptyContact } from '../book/contact.ts'
import { lists, recordOf } from '../book/fields.ts'
import { protect } from './formula.ts'
import type { Counts, CsvContact } from './own-layout.ts'
import { type CsvRow, readCsv } from './read-csv.ts'
import { formatRows, writeCsv } from './write-csv.ts'

const awkward =
  '"|""|\n|\r\n|\r| ::: |:::|\'|\'\'|=|+|-|@|\t|＝|* |*|\\|,|;| |\ufeff|0041|1e5|Home|é|Я|😀'.split(
    '|',
  )
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(model, { noNullPrototype: true })
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.array(fc.constantFrom(...awkward), { maxLength: 6 }).map((parts) => parts.join('')),
)
const text = anyText.map((any) => any.replaceAll('\0', '')).filter((any) => any !== '')
const known = fc.constantFrom('home', 'work', 'mobile', 'home fax', 'other', 'HOME', 'Work', '*')
const label = fc.option(fc.oneof(text, known))
const birthday = fc.constantFrom('1985-04-12', '--02-29', '1604-01-01', '0099-12-31')
const contact = contactsOf({ text, label, birthday }).map((contact) => ({
  ...contact,
  addresses: contact.addresses.filter(hasPart),
}))

const labels = fc.uniqueArray(text, { maxLength: 3 })
const written: fc.Arbitrary<CsvContact> = record({ contact, labels, uid: text })

describe('our own CSV', () => {
  it('reads exactly what was written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(written, { minLength: 1, maxLength: 4 }), async (contacts) => {
        const bytes = Buffer.from(await textOf(contacts))
        const rows = await readRows(bytes)
        assert.deepEqual(rows.map(withoutCells), contacts)
      }),
      { numRuns: 300 },
    )
  })

  it('reads rows that failed and were written again', async () => {
    await fc.assert(
      fc.asyncProperty(written, async (one) => {
        const bytes = Buffer.from(await textOf([one]))
        const { headers, records } = await readCsv(chunksOf(bytes, 1000))
        const failed: string[][] = []
        for await (const { cells } of records) failed.push(cells)
        const again = await readRows(Buffer.from(formatRows([headers, ...failed])))
        assert.deepEqual(again.map(withoutCells), [one])
      }),
      { numRuns: 50 },
    )
  })

  it('quotes cells as another program does', () => {
    const rows = fc.array(fc.array(anyText, { minLength: 1, maxLength: 4 }), { maxLength: 3 })
    fc.assert(
      fc.property(rows, (some) => {
        const cells = some.map((row) => row.map(protect))
        assert.equal(
          formatRows(some),
          stringify(cells, { record_delimiter: 'windows', quote_record_delimiter: true }),
        )
      }),
      { numRuns: 300 },
    )
  })

  it('has no cell that a spreadsheet would run as a formula', async () => {
    const [plain] = fc.sample(written, { numRuns: 1, seed: 1 })
    assert.ok(plain)
    const formulas = ['=1+1', '+1+cmd', '+1\n2', '-2', '--12-31x', '@sum', '\t=1', '\r=1', "'=1"]
    for (const value of formulas) {
      const phones = [{ label: null, value }]
      const csv = await textOf([{ ...plain, contact: { ...plain.contact, phones } }])
      assert.ok(csv.includes(`'${value}`))
    }
  })

  it('has numbers and birthdays without a year as they are, and reads older files', async () => {
    const contact = {
      ...emptyContact(),
      birthday: '--11-30',
      phones: [{ label: null, value: '+48 (22) 123.45-67/8' }],
    }
    const csv = await textOf([{ contact, labels: [], uid: 'x' }])
    assert.match(csv, /,--11-30,.*,\+48 \(22\) 123\.45-67\/8,/)
    const older = csv.replace('--11', "'--11").replace('+48', "'+48")
    assert.notEqual(older, csv)
    for (const text of [csv, older]) {
      const [row] = await readRows(Buffer.from(text))
      assert.ok(row && 'contact' in row)
      assert.deepEqual(row.contact, contact)
    }
  })

  it('has in the notes what there is no column for', async () => {
    const [one] = fc.sample(written, { numRuns: 1 })
    assert.ok(one)
    const phones = [
      { label: null, value: '1' },
      { label: null, value: '2' },
      { label: 'Boat', value: '3' },
    ]
    const many = { ...one, contact: { ...one.contact, phones, additional_data: 'Likes tea.' } }
    const counts = { ...countsOf([many]), phones: 1 }
    const csv = (await Array.fromAsync(writeCsv([[many]], counts))).join('')
    const [row] = await readRows(Buffer.from(csv))
    assert.ok(row && 'contact' in row)
    const additional_data = 'Likes tea.\n\nPhone 2: 2\nPhone 3: Boat, 3'
    assert.deepEqual(row.contact, { ...many.contact, phones: phones.slice(0, 1), additional_data })
  })

  it('has only a header if there is no contact', async () => {
    const csv = await textOf([])
    assert.match(csv, /^\ufeffFirst Name,.*,Labels,vCard FN,vCard ORG,vCard TITLE,Kith UID\r\n$/)
    assert.deepEqual(await readRows(Buffer.from(csv)), [])
  })
})

function hasPart({ label: _label, ...parts }: Address): boolean {
  return Object.values(parts).some((part) => part !== null)
}

function countsOf(contacts: CsvContact[]): Counts {
  return recordOf(lists, (list) =>
    Math.max(0, ...contacts.map(({ contact }) => contact[list].length)),
  )
}

async function textOf(contacts: CsvContact[]): Promise<string> {
  const parts = await Array.fromAsync(writeCsv([contacts], countsOf(contacts)))
  return parts.join('')
}

async function readRows(bytes: Buffer): Promise<CsvRow[]> {
  const { records, read } = await readCsv(chunksOf(bytes, 7))
  return Array.fromAsync(records, read)
}

function withoutCells(row: CsvRow) {
  const { cells: _cells, row: _row, ...rest } = row
  return rest
}
