import { type FileCharset, guessFileCharset } from '../../charset/file-charset.ts'
import { readCsv } from '../../csv/read-csv.ts'
import type { CodeOf } from '../../error-codes.ts'
import { AppError } from '../../errors.ts'
import { utf16Of } from '../../utf-16.ts'
import type { Format } from '../import-row.ts'

// Programs write at most a few lines before the first card.
const maxLookedAt = 64 * 1024

const isNeither = 'it is no vCard and no CSV file.'
const notOwnJson =
  'This is JSON, and not what Kith exports: export your contacts from there as vCard or CSV.'
const signatures: [start: string, detail: string][] = [
  ['\u00d0\u00cf\u0011\u00e0', 'This is an old Excel file: save the table as CSV.'],
  ['\u001f\u008b', 'This is a gzip archive: unpack it first.'],
  ['%PDF', 'This is a PDF: export your contacts as vCard or CSV.'],
  ['!BDN', 'This is an Outlook data file: export your contacts as CSV.'],
  ['\u0089PNG', `This is a picture: ${isNeither}`],
  ['\u00ff\u00d8\u00ff', `This is a picture: ${isNeither}`],
  ['GIF8', `This is a picture: ${isNeither}`],
]

/** Other formats that are text, and could be taken for CSV. */
const foreignTexts: [start: RegExp, detail: string][] = [
  [/^\s*<(?:!doctype\s+html|html)\b/i, `This is a web page: ${isNeither}`],
  [/^\s*<\?xml\b/i, `This is XML: ${isNeither}`],
  [/^\s*[[{]\s*(?:["[{\]}]|$)/, notOwnJson],
]

/**
 * Recognises the format of a file by its first octets.
 * @param stated its charset, as its sender states it
 * @throws AppError `invalid` for a file that is neither vCards nor CSV with known columns, nor what Kith
 *   exports
 */
export async function recogniseFormat(
  start: Buffer,
  fileName: string,
  stated: FileCharset | null,
): Promise<Format> {
  const text = textOf(start)
  if (/^\s*$/.test(text)) throw invalidFile('file_empty', 'The file is empty.')
  const latin1 = start.subarray(0, 8).toString('latin1')
  const foreign = signatures.find(([signature]) => latin1.startsWith(signature))
  if (foreign) throw invalidFile('file_not_recognised', foreign[1])
  if (latin1.startsWith('PK\u0003\u0004')) return 'zip'
  if (isOwnJson(text)) return 'json'
  if (/^[ \t]*BEGIN[ \t]*:[ \t]*VCARD/im.test(text)) return 'vcf'
  if (propertyLines(text) > 1) throw withoutBegin()
  const other = foreignTexts.find(([pattern]) => pattern.test(text))
  if (other) throw invalidFile('file_not_recognised', other[1])
  try {
    const charset = stated ?? (await guessFileCharset(once(start)))
    const { records } = await readCsv(once(start), charset)
    await records.return(undefined)
    return 'csv'
  } catch (error) {
    if (/\.(?:vcf|vcard)$/i.test(fileName)) throw withoutBegin()
    if (!text.includes('\0')) throw error
    throw invalidFile('file_not_recognised', `This is no text: ${isNeither}`)
  }
}

/**
 * Requires the account in a ZIP archive to be one that Kith wrote.
 * @throws AppError `invalid`, also as {@link unzippedAccount} does
 */
export async function requireOwnArchive(account: AsyncGenerator<Uint8Array>): Promise<void> {
  let start = Buffer.alloc(0)
  for await (const chunk of account) {
    start = Buffer.concat([start, chunk])
    if (start.length >= maxLookedAt) break
  }
  if (isOwnJson(textOf(start))) return
  const detail = 'The account.json in this ZIP archive is not one that Kith wrote.'
  throw invalidFile('file_not_recognised', detail)
}

/** Whether a file is a list of contacts as Kith exports it, or an object that has one. */
function isOwnJson(text: string): boolean {
  if (/^\s*\{/.test(text)) return /^\s*\{\s*"exported_at"\s*:|"contacts"\s*:\s*\[/.test(text)
  return /^\s*\[/.test(text) && (/^\s*\[\s*\]\s*$/.test(text) || ownMember.test(text))
}

const ownMember =
  /[{,]\s*"(?:first_name|last_name|additional_data|emails|phones|custom_fields|card)"\s*:/

function withoutBegin(): AppError {
  const detail = 'There is no line BEGIN:VCARD, with which each vCard begins.'
  return invalidFile('file_not_recognised', detail)
}

/** How many of the first lines are properties of vCards or iCalendar files, which are no rows of CSV. */
function propertyLines(text: string): number {
  const lines = text.split(/\r\n?|\n/, 10).filter((line) => line.trim() !== '')
  const count = lines.filter((line) => property.test(line)).length
  return count * 2 > lines.length ? count : 0
}

const property = /^(?:[A-Z\d-]+\.)?(?:[A-Z\d-]+:|[A-Z\d-]+(?:;[A-Z\d-]+(?:=[^;:,]*)?)+(?::|$))/

function invalidFile(code: CodeOf<'invalid'>, detail: string): AppError {
  return new AppError('invalid', code, detail, { errors: [{ pointer: '/file', detail }] })
}

/** The beginning as text, of which only ASCII matters. */
function textOf(start: Buffer): string {
  const looked = start.subarray(0, maxLookedAt)
  const utf16 = utf16Of(looked)
  const text = utf16 ? new TextDecoder(utf16.charset).decode(looked) : looked.toString('latin1')
  return text.replace(/^(?:\ufeff|\u00ef\u00bb\u00bf)/, '')
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}
