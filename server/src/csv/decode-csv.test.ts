import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { chunksOf, readRow } from '../../test/csv-rows.ts'
import { decodeCsv } from './decode-csv.ts'

const text = 'Name,Ort\r\nÖzgür Çelik,Köln 😀\r\n'

describe('the charset of a CSV file', () => {
  it('is read from the byte order mark, wherever the file is cut', async () => {
    const marked = `\ufeff${text}`
    for (const size of [1, 2, 3, 5, 1000]) {
      assert.equal(await decode(Buffer.from(marked), size), text)
      assert.equal(await decode(Buffer.from(marked, 'utf16le'), size), text)
      assert.equal(await decode(Buffer.from(marked, 'utf16le').swap16(), size), text)
    }
  })

  it('is detected without a byte order mark', async () => {
    for (const size of [1, 3, 1000]) {
      assert.equal(await decode(Buffer.from(text), size), text)
      assert.equal(await decode(Buffer.from(text, 'utf16le'), size), text)
      assert.equal(await decode(Buffer.from(text, 'utf16le').swap16(), size), text)
    }
  })

  it('is windows-1252 in lines that are not valid UTF-8', async () => {
    const euro = Buffer.from([0x80, 0x20, 0xe9, 0x0a])
    assert.equal(await decode(Buffer.concat([Buffer.from('é\n'), euro]), 1000), 'é\n€ é\n')
  })

  it('leaves a byte order mark in the middle of the text', async () => {
    assert.equal(await decode(Buffer.from('a\n\ufeffb\n'), 1), 'a\n\ufeffb\n')
  })
})

describe('the delimiter of a CSV file', () => {
  it('is a comma, a semicolon, a tab, or the one in a sep= line', async () => {
    for (const [start, delimiter] of [
      ['', ','],
      ['', ';'],
      ['', '\t'],
      ['sep=|\r\n', '|'],
    ] as const) {
      const cells = [
        ['First name', 'Last name', '"a,b"'],
        ['Ada', 'Lovelace', '"x;y"'],
      ]
      const read = await readRow(start + cells.map((row) => row.join(delimiter)).join('\n'))
      assert.equal(read.contact.last_name, 'Lovelace')
      assert.deepEqual(read.contact.custom_fields, [{ label: 'a,b', value: 'x;y' }])
    }
  })
})

async function decode(bytes: Buffer, size: number): Promise<string> {
  const parts = await Array.fromAsync(decodeCsv(chunksOf(bytes, size)))
  return parts.join('')
}
