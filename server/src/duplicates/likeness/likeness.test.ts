import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { contactWith, type Contact } from '../../book/contact.ts'
import { areDifferent, likenessOf } from './likeness.ts'
import { createTraitsReader } from './traits.ts'

type Known = Partial<Record<'email' | 'phone' | 'street' | 'suffix', string>> & {
  [field in 'birthday' | 'company' | 'middle_name' | 'nickname']?: string
}

const traitsOf = createTraitsReader('DE')
const one = (value: string | undefined) => (value === undefined ? [] : [{ label: null, value }])

/** `Ada Lovelace` as two fields, with what else is known. */
function person(name: string, { email, phone, street, ...fields }: Known = {}): Contact {
  const [first = '', ...last] = name.split(' ')
  const address = { label: null, extended: null, po_box: null, region: null, postal_code: null }
  return contactWith({
    ...fields,
    first_name: first || null,
    last_name: last.join(' ') || null,
    emails: one(email),
    phones: one(phone),
    addresses: street ? [{ ...address, street, city: 'Berlin', country: null }] : [],
  })
}

function compare(mine: Contact, theirs: Contact, isShared = false) {
  return likenessOf(traitsOf(mine), traitsOf(theirs), () => isShared)
}

const email = 'ada@example.org'
const phone = '+49 151 5550101'
const birthday = '1985-05-05'
const company = 'Example GmbH'
const street = 'Hauptstraße 7'
const two = { birthday, company }

const shown: [what: string, mine: Contact, theirs: Contact][] = [
  [
    'an address in another spelling',
    person('Ada King', { email }),
    person('Ada King', { email: ' ADA@Example.ORG' }),
  ],
  [
    'a domain in punycode',
    person('Ada King', { email: 'a@müller.de' }),
    person('Ada', { email: 'a@xn--mller-kva.de' }),
  ],
  [
    'a number from abroad',
    person('Ada King', { phone }),
    person('Ada King', { phone: '0151/555 01 01' }),
  ],
  [
    'a number with (0)',
    person('Ada King', { phone: '+49 (0)151 5550101' }),
    person('Ada King', { phone }),
  ],
  ['a number without a name', person('Ada King', { phone }), person('', { phone })],
  ['the first name alone', person('Ada King', { phone }), person('Ada', { phone })],
  ['a name and a birthday', person('Ada King', { birthday }), person('ada KING', { birthday })],
  [
    'a birthday without its year',
    person('Ada King', { birthday }),
    person('Ada King', { birthday: '--05-05' }),
  ],
  [
    'a name and a company',
    person('Ada King', { company }),
    person('Ada King', { company: 'EXAMPLE' }),
  ],
  [
    'a name and an address',
    person('Ada King', { street }),
    person('Ada King', { street: 'Hauptstr. 7' }),
  ],
  [
    'a name and the end of a number',
    person('Ada King', { phone: '5550101' }),
    person('Ada King', { phone }),
  ],
  [
    'another alphabet',
    person('Олена Шевченко', { birthday }),
    person('Olena Shevchenko', { birthday }),
  ],
  [
    'two letters for one',
    person('Jörg Müller', { birthday }),
    person('Joerg Mueller', { birthday }),
  ],
  ['a nickname', person('Robert King', { phone }), person('Bob King', { phone })],
  [
    'a nickname of another language',
    person('Олександр Шевченко', { phone }),
    person('Саша Шевченко', { phone }),
  ],
  [
    'a nickname in a field of its own',
    person('Augusta King', { phone, nickname: 'Ada' }),
    person('Ada King', { phone }),
  ],
  ['a nickname and two signs', person('Robert King', two), person('Bob King', two)],
  ['swapped names and two signs', person('Ada King', two), person('King Ada', two)],
  ['swapped names and a number', person('Ada King', { phone }), person('King Ada', { phone })],
  ['an initial and two signs', person('Ada King', two), person('A. King', two)],
  ['an initial and an address', person('Ada King', { email }), person('A King', { email })],
  ['one slip and two signs', person('Ada Lovelace', two), person('Ada Lovelcae', two)],
  ['a wedding', person('Ada Byron', { phone }), person('Ada King', { phone })],
  [
    'one of two last names',
    person('Lucía García Pérez', { birthday }),
    person('Lucía García', { birthday }),
  ],
  ['a joined name', person('秀英 王', { phone }), person('王秀英', { phone })],
  [
    'a firm',
    contactWith({ company, phones: one(phone) }),
    contactWith({ company: 'Example', phones: one(phone) }),
  ],
]

const hidden: [what: string, mine: Contact, theirs: Contact][] = [
  ['the name alone', person('Ada King'), person('Ada King')],
  [
    'a name and a placeholder of a birthday',
    person('Ada King', { birthday: '1985-01-01' }),
    person('Ada King', { birthday: '1985-01-01' }),
  ],
  ['a nickname and one sign', person('Robert King', { company }), person('Bob King', { company })],
  [
    'swapped names and one sign',
    person('Ada King', { birthday }),
    person('King Ada', { birthday }),
  ],
  ['an initial and one sign', person('Ada King', { birthday }), person('A. King', { birthday })],
  [
    'one slip and one sign',
    person('Ada Lovelace', { company }),
    person('Ada Lovelcae', { company }),
  ],
  ['a couple with one address', person('Ada King', { email }), person('William King', { email })],
  [
    'a family with one number and address',
    person('Ada King', { phone, street }),
    person('Byron King', { phone, street }),
  ],
  ['twins', person('Jan King', { birthday, street }), person('Jana King', { birthday, street })],
  [
    'a father and a son',
    person('John King', { street, phone, birthday }),
    person('John King', { street, phone, birthday: '1950-01-02' }),
  ],
  [
    'senior and junior',
    person('John King', { street, phone, suffix: 'Sr.' }),
    person('John King', { street, phone, suffix: 'Jr.' }),
  ],
  [
    'two middle names',
    person('John King', { email, middle_name: 'Albert' }),
    person('John King', { email, middle_name: 'Bruce' }),
  ],
  [
    'a number that somebody else has now',
    person('Ada King', { phone }),
    person('Bo Berg', { phone }),
  ],
  [
    'colleagues of one first name',
    person('Ada King', { phone, company }),
    person('Ada Berg', { phone, company }),
  ],
  [
    'a firm and who works there',
    person('Ada King', { phone, company }),
    contactWith({ company, phones: one(phone) }),
  ],
  [
    'two numbers of one exchange',
    person('Ada King', { phone: '+49 30 12345671' }),
    person('Ada King', { phone: '+49 30 12345672' }),
  ],
  [
    'an address of nobody',
    person('Ada King', { email: 'info@example.org' }),
    person('Ada Berg', { email: 'info@example.org' }),
  ],
]

describe('two entries', () => {
  for (const [what, mine, theirs] of shown) {
    it(`are shown for ${what}`, () => {
      const likeness = compare(mine, theirs)
      assert.ok(likeness)
      assert.ok(likeness.score >= 0.5 && likeness.score <= 1)
      assert.ok(likeness.reasons.length > 0)
      assert.deepEqual(compare(theirs, mine)?.score, likeness.score)
    })
  }

  for (const [what, mine, theirs] of hidden) {
    it(`are not shown for ${what}`, () => {
      assert.equal(compare(mine, theirs), null)
      assert.equal(compare(theirs, mine), null)
    })
  }

  it('say little by what many have, and something with the same name', () => {
    assert.equal(compare(person('Ada', { phone }), person('', { phone }), true), null)
    assert.equal(compare(person('Ada Byron', { phone }), person('Ada King', { phone }), true), null)
    assert.ok(compare(person('Ada King', { phone }), person('Ada King', { phone }), true))
  })

  it('are more probable the more they have in common', () => {
    const both = (known: Known) =>
      compare(person('Ada King', known), person('Ada King', known))?.score ?? 0
    assert.ok(both({ email }) > both({ birthday }))
    assert.ok(both({ birthday }) > both({ company }))
    assert.ok(both({ company, street }) > both({ company }))
  })
})

describe('two entries are certainly of two people', () => {
  it('where first names, birthdays or generations differ', () => {
    const apart = (mine: Contact, theirs: Contact) => areDifferent(traitsOf(mine), traitsOf(theirs))
    assert.ok(apart(person('Ada King'), person('Bo King')))
    assert.ok(
      apart(person('Ada King', { birthday }), person('Ada King', { birthday: '1985-05-06' })),
    )
    assert.ok(apart(person('Ada King', { suffix: 'Jr' }), person('Ada King', { suffix: 'Sr' })))
    assert.ok(!apart(person('Ada King'), person('')))
    assert.ok(!apart(person('Ada King'), person('Ada Byron', { birthday })))
  })
})
