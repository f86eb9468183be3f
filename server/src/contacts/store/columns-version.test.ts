import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { it } from 'node:test'
import { contactWith, type Contact } from '../../book/contact.ts'
import type { SortAs } from '../../book/filed-under.ts'
import { columnsVersion, toColumns } from './columns.ts'

type Sample = { contact: Contact; labels?: string[]; sortAs?: SortAs }

const labelled = (value: string, label: string | null = null) => ({ label, value })

const everything = contactWith({
  prefix: 'Countess',
  first_name: 'Ada',
  middle_name: 'King',
  last_name: 'Lovelace',
  suffix: 'FRS',
  phonetic_first_name: 'ˈeɪdə',
  phonetic_middle_name: 'kɪŋ',
  phonetic_last_name: 'ˈlʌvleɪs',
  nickname: 'The Enchantress of Numbers',
  company: 'Analytical Engines',
  department: 'Notes',
  job_title: 'Programmer',
  birthday: '1815-12-10',
  additional_data: 'Wrote the first program.',
  emails: [labelled('ada@example.org', 'work')],
  phones: [labelled('+44 20 7946 0958', 'mobile')],
  addresses: [
    {
      label: 'home',
      street: '12 St James’s Square',
      extended: null,
      po_box: null,
      city: 'London',
      region: null,
      postal_code: 'SW1Y 4JH',
      country: 'United Kingdom',
    },
  ],
  links: [labelled('https://ada.example.org', 'home page')],
  messengers: [{ label: null, service: 'signal', value: '+44 20 7946 0958' }],
  dates: [labelled('1835-07-08', 'anniversary')],
  relations: [labelled('William King', 'spouse')],
  custom_fields: [labelled('Analytical Engine', 'Favourite machine')],
})

/** Add to them what a new version changes; a sample that is there stays as it is. */
const samples: Record<string, Sample> = {
  nothing: { contact: contactWith({}) },
  everything: { contact: everything, labels: ['Friends', 'Çalışma'] },
  'single values without labels': {
    contact: contactWith({
      emails: [labelled('Grace@Example.org')],
      phones: [labelled('(030) 123 45 67')],
    }),
  },
  'several values': {
    contact: contactWith({
      emails: [labelled('a@example.org'), labelled('b@example.org', 'work')],
      phones: [
        labelled('+49 (0)30 / 12 34 56'),
        labelled('0043 1 5050', 'home'),
        labelled('٠٣٠-١٢٣٤٥٦'),
      ],
    }),
  },
  accents: { contact: contactWith({ first_name: 'Łukasz', last_name: 'Groß-Ångström' }) },
  'dotless i': { contact: contactWith({ first_name: 'Iğdır', last_name: 'İSTANBUL ıi' }) },
  Cyrillic: { contact: contactWith({ first_name: 'Алёна', last_name: 'Королёва' }) },
  Arabic: { contact: contactWith({ first_name: 'نور', last_name: 'الدين' }) },
  Japanese: {
    contact: contactWith({
      first_name: '花子',
      last_name: '山田',
      phonetic_first_name: 'はなこ',
      phonetic_last_name: 'ﾔﾏﾀﾞ',
    }),
  },
  punctuation: { contact: contactWith({ first_name: '100% _Ada_\\', last_name: "O’Neil  d'Arc" }) },
  'control characters': { contact: contactWith({ first_name: 'Con\u0001\u0002trol\u200b' }) },
  'a birthday without a year': { contact: contactWith({ birthday: '--02-29' }) },
  'a birthday to come': { contact: contactWith({ birthday: '2999-01-01' }) },
  'a company': { contact: contactWith({ company: 'Müller & Söhne', phones: [labelled('112')] }) },
  'a nickname': { contact: contactWith({ nickname: 'Їжак' }) },
  'a place in the order': {
    contact: contactWith({ first_name: 'Rene', last_name: 'van der Harten' }),
    sortAs: { lastName: 'Harten', firstName: 'Rene', company: null },
  },
  'a number in letters': {
    contact: contactWith({ phones: [labelled('+1-800-FLOWERS'), labelled('*123#')] }),
  },
  Korean: { contact: contactWith({ first_name: '철수', last_name: '김' }) },
  'more than fits': {
    contact: contactWith({
      last_name: 'ß𝄞'.repeat(400),
      company: 'x'.repeat(1_000),
      emails: Array.from({ length: 60 }, (_, at) => labelled(`${at}@${'long.'.repeat(20)}example`)),
    }),
    labels: ['y'.repeat(100)],
  },
}

/** What each version makes of the samples. What is there stays as it is: a new version adds to it. */
const hashes: Record<number, Record<string, string>> = {
  1: {
    nothing: '44528b1c6e499f47',
    everything: 'd6f8ceb155429ee1',
    'single values without labels': '5dde346dc4b6e967',
    'several values': '6a5e62f882a51909',
    accents: '3590de6e2a45372b',
    'dotless i': '59c3c4f45e5b38db',
    Cyrillic: '10b3aba8b897dc58',
    Arabic: '38fd0e1c85812a0c',
    Japanese: 'f1b567b145cad790',
    punctuation: 'd5a6a7b0e179943b',
    'control characters': '973ff2008064603f',
    'a birthday without a year': 'a217b4e966fd5844',
    'a birthday to come': '5f6adada7839fad6',
    'more than fits': '30690c4c3c325f5e',
  },
  2: {
    nothing: 'eb24840ec9199562',
    everything: '86d5796fab3aca42',
    'single values without labels': '4c4fce3e762bb2f7',
    'several values': '325225a24e83d2c1',
    accents: 'f7526dbcd21352ac',
    'dotless i': 'a74d80dc1628d7b3',
    Cyrillic: 'fd7c35832abc760c',
    Arabic: '56424e65c0f4e17c',
    Japanese: 'fcb2f09a7324fbce',
    punctuation: 'cecd10a5548984c0',
    'control characters': 'e59fc03e7e472c2a',
    'a birthday without a year': 'aeeef49854513bb8',
    'a birthday to come': '886693f9ae31ebe5',
    'a company': 'd0d5dec499c0a136',
    'a nickname': '04aa11d8c40ac1b9',
    'a place in the order': '1d8bbfd10fbbd5f2',
    'more than fits': 'f72fdc02c53bb7cc',
  },
  3: {
    nothing: 'eb24840ec9199562',
    everything: '86d5796fab3aca42',
    'single values without labels': '4c4fce3e762bb2f7',
    'several values': '325225a24e83d2c1',
    accents: '1500b66ab599f36e',
    'dotless i': 'a74d80dc1628d7b3',
    Cyrillic: 'fd7c35832abc760c',
    Arabic: '56424e65c0f4e17c',
    Japanese: '9d65d1c11c860617',
    punctuation: 'cecd10a5548984c0',
    'control characters': 'e59fc03e7e472c2a',
    'a birthday without a year': 'aeeef49854513bb8',
    'a birthday to come': '886693f9ae31ebe5',
    'a company': '906fc6efef11455e',
    'a nickname': '04aa11d8c40ac1b9',
    'a place in the order': '1d8bbfd10fbbd5f2',
    'a number in letters': '4235cb31e1964457',
    Korean: '2511b86b30899700',
    'more than fits': 'f72fdc02c53bb7cc',
  },
  4: {
    nothing: '57f2f69393cbd7ec',
    everything: '5476db5be73c5d88',
    'single values without labels': '619c337de26a4227',
    'several values': 'a8efd31bfcfc5944',
    accents: '7e0ae798864d9702',
    'dotless i': '0cee42b0566c9f2a',
    Cyrillic: '3bbd19b55c8a53a8',
    Arabic: '585c169a67aa4a07',
    Japanese: 'd5b40094b5e0fa4f',
    punctuation: '50c993f5d7806324',
    'control characters': '9c0af0c5e20f3fe5',
    'a birthday without a year': 'f2a32140763bea1b',
    'a birthday to come': '8720a66a4290f5a7',
    'a company': 'ac5349b834b30521',
    'a nickname': '261ec555490addbf',
    'a place in the order': 'b73d57d16771444e',
    'a number in letters': '5f23fee920376582',
    Korean: 'b409a4307d023137',
    'more than fits': 'd25d29d60116c186',
  },
  5: {
    nothing: '57f2f69393cbd7ec',
    everything: '5476db5be73c5d88',
    'single values without labels': '619c337de26a4227',
    'several values': 'a8efd31bfcfc5944',
    accents: '7e0ae798864d9702',
    'dotless i': '0cee42b0566c9f2a',
    Cyrillic: '5214e947d641208d',
    Arabic: '585c169a67aa4a07',
    Japanese: 'd5b40094b5e0fa4f',
    punctuation: '50c993f5d7806324',
    'control characters': '9c0af0c5e20f3fe5',
    'a birthday without a year': 'f2a32140763bea1b',
    'a birthday to come': '8720a66a4290f5a7',
    'a company': 'ac5349b834b30521',
    'a nickname': '1023dbc58e50fab5',
    'a place in the order': 'b73d57d16771444e',
    'a number in letters': '5f23fee920376582',
    Korean: 'b409a4307d023137',
    'more than fits': 'd25d29d60116c186',
  },
}

it('a version of the columns means the same columns of the same contacts', () => {
  const made = Object.fromEntries(
    Object.entries(samples).map(([name, { contact, labels = [], sortAs }]) => [
      name,
      hashOf(toColumns(contact, labels, sortAs)),
    ]),
  )
  assert.deepEqual(
    made,
    hashes[columnsVersion],
    'toColumns makes other columns than before: raise columnsVersion, and add what it makes now',
  )
})

/** Of the columns as they are stored: in which order they are named makes no difference. */
function hashOf(columns: object): string {
  const text = JSON.stringify(columns, (_key, part: unknown) => inOrder(part))
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

function inOrder(part: unknown): unknown {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
  return Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
}
