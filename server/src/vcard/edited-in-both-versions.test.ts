import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { cardsOf } from '../../test/any-card.ts'
import { factsOf } from '../../test/card-facts.ts'
import type { Contact } from '../book/contact.ts'
import { lists, textFields, type ListField, type TextField } from '../book/fields.ts'
import { canonicalContact } from './canonical.ts'
import { convertCard } from './convert-card.ts'
import { exportCard } from './export-card.ts'
import { listProperties } from './fields/properties.ts'
import { patchCard } from './patch-card.ts'
import { readCard } from './read-card.ts'

const rev = new Date('2026-11-22T12:00:00Z')
const versions = ['3.0', '4.0'] as const
type Version = (typeof versions)[number]

const otherOf = (version: Version): Version => (version === '3.0' ? '4.0' : '3.0')

/** What a phone does with a card: it leaves alone what it does not know. */
const phoneEdits: ((card: string) => string)[] = [
  (card) => card.replace('END:VCARD', 'NOTE:by a phone\r\nEND:VCARD'),
  (card) => card.replace(/\r\nBDAY[^:]*:[^\r]*(?=\r\n(?![ \t]))/, ''),
  (card) => card.replace(/\r\nTEL([;:])/, '\r\nTEL;X-PHONE=1$1'),
  (card) => card.replace(/\r\n(?:item\d+\.)?X-ABDATE[^\r]*(?=\r\n(?![ \t]))/, ''),
  (card) => card.replace(/(\r\nNOTE[^:\r]*:)[^\r]*(?=\r\n(?![ \t]))/, '$1another'),
]

type Edit = { field: keyof Contact; what: string; of: (contact: Contact) => Contact }
const edits: Edit[] = [
  ...textFields.flatMap((field: TextField): Edit[] => {
    const other = field === 'birthday' ? '2004-04-04' : 'Changed'
    return [
      { field, what: 'removed', of: (contact) => ({ ...contact, [field]: null }) },
      { field, what: 'changed', of: (contact) => ({ ...contact, [field]: other }) },
    ]
  }),
  ...lists.flatMap((field: ListField): Edit[] => {
    const edited = (what: string, of: (items: Items) => Items): Edit => ({
      field,
      what,
      of: (contact) => ({ ...contact, [field]: of(contact[field]) }),
    })
    const first = (change: object) => (items: Items) =>
      items.map((item, at) => (at > 0 ? item : { ...item, ...change }))
    return [
      edited('removed', () => []),
      edited('without the first', (items) => items.slice(1)),
      edited('without the last', (items) => items.slice(0, -1)),
      edited('reversed', (items) => items.toReversed()),
      edited('relabelled', first({ label: 'Other' })),
      edited('changed', first(field === 'addresses' ? { city: 'C' } : { value: '2001-09-09' })),
    ]
  }),
]
type Items = readonly { label: string | null }[]

/** The properties that hold a field, or stand in for a name that there is not. */
const properties = new Map<keyof Contact, RegExp>([
  ['nickname', /^(?:NICKNAME|X-ANDROID-CUSTOM|N|FN)$/],
  ['company', /^(?:ORG|FN)$/],
  ['department', /^ORG$/],
  ['job_title', /^TITLE$/],
  ['birthday', /^(?:BDAY|X-ABDATE)$/],
  ['additional_data', /^NOTE$/],
])
const nameProperties = /^(?:N|FN|SORT-STRING|X-PHONETIC-(?:FIRST|MIDDLE|LAST)-NAME)$/

function isOf(field: keyof Contact, name: string): boolean {
  if (!(lists as readonly string[]).includes(field)) {
    return (properties.get(field) ?? nameProperties).test(name)
  }
  if (name === 'X-ANDROID-CUSTOM') return field === 'dates' || field === 'relations'
  if (name === 'FN') return field === 'phones' || field === 'emails'
  return listProperties.get(name)?.list === field
}

/** What the lines of a card state that have nothing to do with a field, nor with the other version. */
function otherFacts(card: string, field: keyof Contact): string[] {
  return factsOf(card).filter((fact) => {
    const { name } = JSON.parse(fact) as { name: string }
    return name !== 'REV' && !/^X-KITH-(?!FIELD)/.test(name) && !isOf(field, name)
  })
}

/** Fields that are gone with all their lines. */
const wholly = new Set<keyof Contact>(
  'nickname job_title additional_data phones emails addresses links messengers relations'.split(
    ' ',
  ) as (keyof Contact)[],
)

/** The lines of a field, also those that only the other version reads. */
function linesOf(card: string, field: keyof Contact): string[] {
  return factsOf(card).filter((fact) => {
    const name = (JSON.parse(fact) as { name: string }).name.replace(/^X-KITH-/, '')
    return !/^(?:N|FN|X-ANDROID-CUSTOM)$/.test(name) && isOf(field, name)
  })
}

/** The lines that Kith adds to a card for its other version. */
function conversionLines(card: string): string[] {
  const unfolded = card.replaceAll(/\r\n[ \t]/g, '').split('\r\n')
  return unfolded.filter((line) => /^(?:[\w-]+\.)?X-KITH-(?!FIELD)/i.test(line))
}

/** Those that make no difference to the other version, be they there or not, or say something else. */
function orphans(card: string, version: Version): string[] {
  const whole = convertCard(card, otherOf(version))
  const unfolded = card.replaceAll(/\r\n[ \t]/g, '')
  return conversionLines(card).filter((line) => {
    const another = line.replace(/^(X-KITH-FORMER:\S+ \S+)/, '$1%3BPID%3D7.7')
    const changed = unfolded.replace(`${line}\r\n`, another === line ? '' : `${another}\r\n`)
    return convertCard(changed, otherOf(version)) === whole
  })
}

describe('a card that is edited in its other version and by the API', () => {
  for (const version of versions) {
    it(`of ${version} says in both versions what was asked for, without orphans`, () => {
      fc.assert(
        fc.property(
          cardsOf(version),
          fc.subarray(phoneEdits, { minLength: 1 }),
          fc.constantFrom(...edits),
          (card, phone, { field, what, of }) => {
            const there = exportCard(card, otherOf(version))
            const stored = phone.reduce((text, change) => change(text), there)
            const { contact, categories } = readCard(stored)
            const wanted = canonicalContact(of(contact))
            const patched = patchCard(stored, { contact: wanted, categories, rev })
            if (patched === stored) return
            for (const served of versions) {
              const text = exportCard(patched, served)
              const before = exportCard(stored, served)
              const shown = `${stored}\n-- ${field} ${what}\n${text}`
              assert.deepEqual(readCard(text).contact, wanted, shown)
              assert.deepEqual(orphans(text, served), [], shown)
              assert.deepEqual(otherFacts(text, field), otherFacts(before, field), shown)
              const isGone = what === 'removed' && wholly.has(field)
              if (isGone) assert.deepEqual(linesOf(text, field), [], shown)
            }
          },
        ),
        { numRuns: 500 },
      )
    })
  }
})
