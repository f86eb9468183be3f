import { AppError } from '../errors.ts'
import { readCsv } from '../csv/read.ts'
import { decodeText } from '../vcard/decode-text.ts'
import type { Format } from './queries.ts'

// Programs write a few lines before the first card at most.
const maxLookedAt = 64 * 1024

const signatures: [start: string, detail: string][] = [
  [
    'PK\u0003\u0004',
    'This is a ZIP archive or an Excel file: unpack it, or save the table as CSV.',
  ],
  ['\u00d0\u00cf\u0011\u00e0', 'This is an old Excel file: save the table as CSV.'],
  ['\u001f\u008b', 'This is a gzip archive: unpack it first.'],
  ['%PDF', 'This is a PDF: export your contacts as vCard or CSV.'],
  ['!BDN', 'This is an Outlook data file: export your contacts as CSV.'],
]

/**
 * Tells by its first octets what a file is.
 * @throws AppError `invalid` for what is neither vCards nor CSV with columns that we know
 */
export async function recogniseFormat(start: Buffer): Promise<Format> {
  if (/^[\s\ufeff]*$/.test(textOf(start))) throw invalidFile('file_empty', 'The file is empty.')
  const latin1 = start.subarray(0, 8).toString('latin1')
  const foreign = signatures.find(([signature]) => latin1.startsWith(signature))
  if (foreign) throw invalidFile('file_not_recognised', foreign[1])
  if (/^[^\S\r\n]*BEGIN[^\S\r\n]*:[^\S\r\n]*VCARD/im.test(textOf(start))) return 'vcf'
  const { rows } = await readCsv(once(start))
  await rows.return(undefined)
  return 'csv'
}

function invalidFile(code: string, detail: string): AppError {
  return new AppError('invalid', code, detail, { errors: [{ pointer: '/file', detail }] })
}

function textOf(start: Buffer): string {
  return decodeText(start.subarray(0, maxLookedAt)).replace(/^\ufeff/, '')
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}
