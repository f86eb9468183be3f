import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { contactWith, type Contact } from '../book/contact.ts'
import { wordsIn, type Language } from './languages.ts'
import { yearlyDates, type YearlyDate } from './yearly-dates.ts'

const id = '01a20497-405b-7167-a9e2-939dbd06ad08'

function datesOf(known: Partial<Contact>, died: string | null = null, language: Language = 'en') {
  const contact = contactWith({ first_name: 'Ada', last_name: 'Lovelace', ...known })
  return yearlyDates({ id, contact, died }, { words: wordsIn[language], isLastNameFirst: false })
}

const dated = (...dates: [label: string | null, value: string][]) =>
  dates.map(([label, value]) => ({ label, value }))

/** The title without an age, and the one of the occurrence twelve years later. */
const titlesOf = (found: YearlyDate[]) =>
  found.map(({ title, titleAfter }) => [title, titleAfter?.(12)])

describe('the dates of a contact', () => {
  it('are its birthday and all that can be read as a date', () => {
    const found = datesOf({
      birthday: '1815-12-10',
      dates: dated(
        ['anniversary', '1835-07-08'],
        ['First program', '--08-05'],
        [null, '1 Nov 1842'],
        ['Met', 'in spring'],
        ['far', '9999-12-31'],
      ),
    })
    assert.deepEqual(
      found.map(({ kind, year, md }) => [kind, year, md]),
      [
        ['birthdays', 1815, 1210],
        ['anniversaries', 1835, 708],
        ['dates', null, 805],
        ['dates', 1842, 1101],
      ],
    )
    assert.deepEqual(titlesOf(found), [
      ['Ada Lovelace: birthday (1815)', 'Ada Lovelace turns 12'],
      ['Ada Lovelace: anniversary (1835)', 'Ada Lovelace: anniversary (12 years)'],
      ['Ada Lovelace: First program', undefined],
      ['Ada Lovelace: date (1842)', 'Ada Lovelace: date (12 years)'],
    ])
  })

  it('speak German and Ukrainian', () => {
    const known = { birthday: '1815-12-10', dates: dated(['anniversary', '--07-08']) }
    assert.deepEqual(titlesOf(datesOf(known, null, 'de')), [
      ['Ada Lovelace: Geburtstag (1815)', 'Ada Lovelace wird 12'],
      ['Ada Lovelace: Jahrestag', undefined],
    ])
    assert.deepEqual(titlesOf(datesOf(known, null, 'uk')), [
      ['Ada Lovelace: день народження (1815)', 'Ada Lovelace: 12 років'],
      ['Ada Lovelace: річниця', undefined],
    ])
  })

  it('name somebody by what there is', () => {
    const birthday = '--12-10'
    const nobody = { first_name: null, last_name: null, birthday }
    const titleOf = (known: Partial<Contact>) => datesOf({ ...nobody, ...known })[0]?.title
    assert.equal(titleOf({ company: 'Engines' }), 'Engines: birthday')
    assert.equal(titleOf({ emails: dated([null, 'ada@x.org']) }), 'ada@x.org: birthday')
    assert.equal(titleOf({ first_name: 'A\r\nX' }), 'A X: birthday')
    assert.equal(titleOf({ first_name: '\u202eA\u2066X' }), 'AX: birthday')
    assert.equal(datesOf(nobody, null, 'de')[0]?.title, 'Ohne Namen: Geburtstag')
  })

  it('have the last name in front where it is preferred so', () => {
    const contact = contactWith({
      prefix: 'Dr.',
      first_name: 'Ada',
      middle_name: 'King',
      last_name: 'Lovelace',
      birthday: '--12-10',
    })
    const titleOf = (isLastNameFirst: boolean) =>
      yearlyDates({ id, contact, died: null }, { words: wordsIn.en, isLastNameFirst })[0]?.title
    assert.equal(titleOf(false), 'Dr. Ada King Lovelace: birthday')
    assert.equal(titleOf(true), 'Dr. Lovelace Ada King: birthday')
  })

  it('have names of their own that stay when a date is corrected, or another one comes', () => {
    const uids = (...dates: [string | null, string][]) =>
      datesOf({ birthday: '--12-10', dates: dated(...dates) }).map(({ uid }) => uid)
    const [birthday, party] = uids(['Party', '--01-02'])
    assert.equal(birthday, `${id}-birthday`)
    assert.deepEqual(uids(['anniversary', '--05-05'], ['Party', '--03-04']), [
      birthday,
      `${id}-anniversary`,
      party,
    ])
    const all = uids(['Party', '--01-02'], ['Party', '--01-03'], [null, '--01-02'])
    assert.equal(new Set(all).size, 4)
    // The same twice is once.
    assert.deepEqual(uids(['Party', '--01-02'], ['party', '--01-02']), [birthday, party])
  })

  it('also are a birthday that stands among them', () => {
    const found = datesOf({ birthday: '2100-01-02', dates: dated(['birthday', '--05-06']) })
    assert.deepEqual(
      found.map(({ kind, uid }) => [kind, uid]),
      [
        ['birthdays', `${id}-birthday`],
        ['birthdays', `${id}-birthday-2`],
      ],
    )
  })
})

describe('the birthday of somebody who has died', () => {
  const birthday = '1815-12-10'
  const title = (found: YearlyDate[]) => titlesOf(found)[0]

  it('says no age, but the years of the life', () => {
    for (const label of ['Death', 'Date of death', 'died', 'Todestag', 'дата смерті', 'Померла']) {
      assert.deepEqual(title(datesOf({ birthday, dates: dated([label, '1852-11-27']) })), [
        'Ada Lovelace: birthday (1815–1852)',
        undefined,
      ])
    }
    assert.deepEqual(title(datesOf({ birthday }, '18521127')), [
      'Ada Lovelace: birthday (1815–1852)',
      undefined,
    ])
  })

  it('says what is known of it', () => {
    assert.equal(title(datesOf({ birthday }, 'in autumn'))?.[0], 'Ada Lovelace: birthday (1815, †)')
    const yearless = { birthday: '--12-10' }
    assert.equal(title(datesOf(yearless, 'long ago'))?.[0], 'Ada Lovelace: birthday (†)')
    for (const died of ['1852-11-27', '1852', 'circa 1852']) {
      assert.equal(title(datesOf(yearless, died))?.[0], 'Ada Lovelace: birthday († 1852)')
    }
  })
})
