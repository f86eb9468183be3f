import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import ICAL from 'ical.js'
import { convertCard } from './convert-card.ts'
import { decodeVcard } from './lines/decode-vcard.ts'
import { joinLines, splitLines } from './lines/lines.ts'
import { patchCard } from './patch-card.ts'
import { readPhoto } from './photo.ts'
import { readCard } from './read-card.ts'
import { splitCards } from './split-cards.ts'
import { writeCard } from './write-card.ts'

// Data of other projects, beside the repository rather than in it.
const folder = fileURLToPath(new URL('../../../../shared/fixtures/vcards/', import.meta.url))
const skip = existsSync(folder) ? false : `there is no ${folder}`
const files = skip ? [] : globSync('{exports,conversions}/*', { cwd: folder }).sort()
const rev = new Date('2026-11-22T12:00:00Z')

/**
 * The conversions by another program (kcontacts) from which we read another contact than from the
 * original card, with the reason. Its other conversions differ only in form: it sorts properties and
 * parameters, drops empty ones, does not escape URIs, and folds at 75 characters.
 */
const differingConversions: Record<string, string> = {
  'vcard7.vcf.2_1ref': 'writes \\n as in 3.0 within quoted-printable',
  'vcard_legacy_messaging_fields.vcf.ref': 'knows X-messaging/…, which only KDE wrote',
}

function octets(file: string): Buffer {
  return readFileSync(folder + file)
}

function cards(file: string): string[] {
  return splitCards(decodeVcard(octets(file))).flatMap((piece) => {
    assert.notEqual(piece.kind, 'refused')
    return piece.kind === 'card' ? [piece.text] : []
  })
}

describe('cards that other programs wrote', { skip }, () => {
  for (const file of files) {
    it(`is read, split, patched, converted and written without a loss: ${file}`, () => {
      const text = decodeVcard(octets(file))
      assert.equal(joinLines(splitLines(text)), text)
      const all = cards(file)
      assert.ok(all.length > 0)
      for (const card of all) {
        assert.ok(text.replaceAll(/(?<=\n)\s+/g, '').includes(card.replaceAll(/(?<=\n)\s+/g, '')))
        const { contact, categories, uid } = readCard(card)
        const photo = readPhoto(card)
        assert.equal(patchCard(card, { contact, categories, rev, photo }), card)
        for (const version of ['3.0', '4.0'] as const) {
          const converted = convertCard(card, version)
          assert.deepEqual(readCard(converted).contact, contact)
          assert.deepEqual(readPhoto(converted), photo)
          if (converted !== card) agrees(converted)
          const written = writeCard({ uid: uid ?? 'u', rev, contact, categories, photo }, version)
          assert.deepEqual(readCard(written).contact, contact)
          assert.deepEqual(readPhoto(written), photo)
          agrees(written)
        }
      }
    })
  }

  for (const file of files.filter((file) => file.endsWith('.vcf'))) {
    it(`is read alike after another program has converted it: ${file}`, () => {
      const name = file.slice(file.indexOf('/') + 1)
      for (const other of [`${name}.ref`, `${name}.2_1ref`, `v4_0.${name}.ref`]) {
        if (other in differingConversions || !files.includes(`conversions/${other}`)) continue
        const contacts = cards(file).map((card) => readCard(card).contact)
        const others = cards(`conversions/${other}`).map((card) => readCard(card).contact)
        assert.deepEqual(others, contacts)
      }
    })
  }
})

/** Compares our reading of a card with that of an independent parser. */
function agrees(card: string): void {
  const { contact, fullName } = readCard(card)
  // One file has two CR in each line end.
  const [, properties] = ICAL.parse(card.replaceAll('\r\r', '\r')) as [
    string,
    [string, object, string, ...unknown[]][],
  ]
  const values = (name: string) =>
    properties
      .filter((property) => property[0] === name)
      .map(([, , , ...values]) => unescaped(values.join(',')).trim())
      .filter((value) => value !== '')
  const sorted = (items: { value: string }[]) => items.map(({ value }) => value).sort()
  assert.deepEqual(values('email').sort(), sorted(contact.emails))
  const numbers = values('tel').map((value) => value.replace(/^tel:/, ''))
  assert.deepEqual(numbers.sort(), sorted(contact.phones))
  assert.deepEqual(values('url').sort(), sorted(contact.links))
  assert.equal(values('fn')[0] ?? null, fullName)
  assert.equal(values('title')[0] ?? null, contact.job_title)
  assert.equal(values('note').join('\n\n') || null, contact.additional_data)
}

/** The independent parser does not decode `\;` and `\:`, which Apple and Google write everywhere. */
function unescaped(text: string): string {
  return text.replaceAll(/\\([;:,"])/g, '$1')
}
