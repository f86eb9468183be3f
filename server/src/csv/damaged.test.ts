import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { chunksOf, readRow, readRows } from '../../test/csv-rows.ts'
import { readCsv } from './read-csv.ts'

describe('a damaged CSV file', () => {
  it('is refused if it is empty', async () => {
    for (const file of ['', '\ufeff', '\r\n\r\n', ' , \n']) {
      await assert.rejects(() => readRows(file), { code: 'csv_empty' })
    }
  })

  it('is refused with the expected headers if no column is recognised', async () => {
    const files = ['Ada,Lovelace,ada@example.org\n', 'Date,Amount\n1.2.2026,3\n', '{"name":"Ada"}']
    for (const file of [...files, randomBytes(50_000), Buffer.alloc(50_000)]) {
      await assert.rejects(() => readRows(file), {
        code: 'csv_not_recognised',
        message: /First name/,
      })
    }
  })

  it('has no rows if it has only a header', async () => {
    assert.deepEqual(await readRows('First name,Last name'), [])
  })

  it('loses only the line of an unclosed quote', async () => {
    const rows = await readRows('Name,Phone\nA,1\n"B,2\nC,3\nD,"4"\nE,5\n')
    assert.deepEqual(
      rows.map((row) => ('code' in row ? row.code : row.contact.first_name)),
      ['A', 'broken_quotes', 'C', 'D', 'E'],
    )
    assert.deepEqual(rows[1]?.cells, ['"B', '2'])
    assert.equal(rows[1]?.row, 2)
  })

  it('keeps quotes within a line that were not doubled', async () => {
    const read = await readRow('Name,Nickname\nAda,"the "first" one"\n')
    assert.equal(read.contact.nickname, '"the "first" one"')
  })

  it('fails a row with more cells than columns, or with a NUL character', async () => {
    const rows = await readRows('Name,Phone\nA,1,2\nB,1,,\nC,\0\nD\n')
    assert.deepEqual(
      rows.map((row) => ('code' in row ? row.code : row.contact.first_name)),
      ['too_many_cells', 'B', 'nul_character', 'D'],
    )
    assert.deepEqual(rows[0]?.cells, ['A', '1', '2'])
  })

  it('fails a row above 1 MiB and reads the next ones', async () => {
    const long = `Name,Notes\nA,1\nB,${'x'.repeat(3 << 20)}\nC,3\n`
    const quoted = `Name,Notes\nA,1\nB,"${`${'x'.repeat(999)}\n`.repeat(2000)}\nC,3\n`
    const [a, b, c] = await readRows(long, 1 << 16)
    assert.ok(a && b && c && 'code' in b && 'contact' in c)
    assert.equal(b.code, 'too_large')
    assert.equal(c.contact.first_name, 'C')
    const rows = await readRows(quoted, 1 << 16)
    assert.equal(rows.filter((row) => 'code' in row).length, 1)
    assert.deepEqual(rows.at(-1)?.cells, ['C', '3'])
  })

  it('is not read to its end if its quotes make every line the start of a huge row', async () => {
    const { records } = await readCsv(
      chunksOf(Buffer.from(`Name\n${'a",b,"\n'.repeat(400_000)}`), 1 << 16),
    )
    let last
    for await (const record of records) last = record
    assert.equal(last?.problem, 'unreadable_rest')
  })

  it('is closed when it is refused, or when its reader stops', async () => {
    for (const [file, isGood] of [
      ['Name\nA\nB\n', true],
      ['Amount\n1\n2\n', false],
    ] as const) {
      let isClosed = false
      async function* source() {
        try {
          yield* chunksOf(Buffer.from(file), 5)
        } finally {
          isClosed = true
        }
      }
      const reading = readCsv(source())
      if (isGood) for await (const _row of (await reading).records) break
      else await assert.rejects(reading)
      assert.equal(isClosed, true)
    }
  })

  it('counts empty rows, but leaves them out', async () => {
    const rows = await readRows('Name\n\nA\n , \n\nB')
    assert.deepEqual(
      rows.map(({ row }) => row),
      [2, 5],
    )
  })

  it('may have any headers', async () => {
    const read = await readRow(
      '__proto__,constructor,Name,Phone,Phone,E-mail 1 - Value,E-mail 1 - Value,\n' +
        'a,b,Ada,1,2,a@x.example,b@x.example,c\n',
    )
    const { custom_fields, emails, phones } = read.contact
    assert.deepEqual(custom_fields, [
      { label: '__proto__', value: 'a' },
      { label: 'constructor', value: 'b' },
      { label: null, value: 'c' },
    ])
    assert.deepEqual(
      phones.map(({ value }) => value),
      ['1', '2'],
    )
    assert.deepEqual(
      emails.map(({ value }) => value),
      ['a@x.example', 'b@x.example'],
    )
  })

  it('is refused if it has more columns than any program writes', async () => {
    await assert.rejects(() => readRows(`Name${',x'.repeat(5000)}\n`), { code: 'csv_too_wide' })
  })
})
