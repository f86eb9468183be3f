import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { expectLinear } from '../test/time-ratio.ts'
import { apiFormats as formats } from './api-formats.ts'
import type { Format } from './book/formats.ts'

type Name = keyof typeof formats

const onlyRefusedReminders = 'P7D PT1S -P367D -P53W -PT9999H P -PT -P1DT'.split(' ')

/** What only the server refuses: no pattern can say it, or only one that nobody can read. */
const onlyRefusedHere: Partial<Record<Name, string[]>> = {
  email: [
    'ada@-example.org',
    `${'a'.repeat(65)}@example.org`,
    `ada@${'a'.repeat(64)}.org`,
    `ada@${'a.'.repeat(130)}org`,
  ],
  birthday: ['1815-02-29', '9999-12-31'],
  'time-zone': ['Mars/Olympus'],
  language: ['de-de-de'],
  region: ['ZZ', 'UK', 'EU', 'QQ'],
  reminder: onlyRefusedReminders,
}

const valid: Record<Name, string[]> = {
  uuid: ['01a20497-405b-7167-a9e2-939dbd06ad08', '01A20497-405B-7167-A9E2-939DBD06AD08'],
  email: [
    'ada@example.org',
    ' ada@example.org\n',
    "o'brien+tag@mail.example.co.uk",
    'ada@münchen.example',
    'ada@xn--mnchen-3ya.example',
    'ada@例え。テスト',
    `${'a'.repeat(64)}@example.org`,
  ],
  'contact-email': ['', '  ', 'ada@example.org', 'jörg@müller.example', '阿达@例え.テスト'],
  phone: ['', '  ', '112', '+49 (0)30 123-45', '1-800-FLOWERS', '٠٣٠', '030 123 ext. 5'],
  birthday: ['', '1815-12-10', '--12-10', '--02-29', '2000-02-29'],
  date: ['2026-11-22', '0001-01-01', '2028-02-29'],
  'time-zone': ['UTC', 'Europe/Kyiv', 'europe/kyiv', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'],
  colour: ['#3b82f6', '#ABCDEF'],
  'one-line': ['a', ' a '],
  language: ['de', 'pt-BR', 'zh-Hant-TW', 'uk'],
  region: ['UA', 'AT', 'BV', 'XK'],
  'mailed-token': ['-_'.repeat(21) + 'a'],
  'date-time': [
    '2026-11-22T18:40:00Z',
    '2026-11-22T18:40:00.123+01:00',
    '9999-12-31T23:59:59.999Z',
  ],
  reminder: ['-P7D', '-P1W', '-PT0S', 'PT0S', 'P0D', '-P1DT2H', '-PT12H30M', '-P366D'],
}

const invalid: Record<Name, string[]> = {
  uuid: ['', '7', '01a20497405b7167a9e2939dbd06ad08', '{01a20497-405b-7167-a9e2-939dbd06ad08}'],
  email: [
    '',
    'ada',
    '@example.org',
    'ada@',
    'ada@localhost',
    'ada@example.org/path',
    'ada@example.org?query',
    'ada@example.org#fragment',
    'ada@example.org\\x',
    'ada@example.org:25',
    'ada@exa%6dple.org',
    'ada@exa\tmple.org',
    'ada@exa\u00admple.org',
    'ada@\u200bexample.org',
    'ada@user:secret@example.org',
    'ada@127.0.0.1',
    'ada@0x7f.1',
    'ada@[127.0.0.1]',
    'ada@example.org.',
    'ada@-example.org',
    'ada@exa_mple.org',
    'ada@example..org',
    '.ada@example.org',
    'a..da@example.org',
    'ada.@example.org',
    '"ada"@example.org',
    'ada lovelace@example.org',
    'ada@example.org,eve@example.org',
    'ada@example.org\r\nBcc: eve@example.org',
    'jörg@example.org',
    `${'a'.repeat(65)}@example.org`,
    `ada@${'a'.repeat(64)}.org`,
    `ada@${'a.'.repeat(130)}org`,
  ],
  'contact-email': ['ada', 'ada@localhost', 'ada lovelace@example.org', 'ada@example.org\0'],
  phone: ['+', 'none', '030\n123', '\u0007 030'],
  birthday: ['1815-02-29', '9999-12-31', 'yesterday', ' '],
  date: ['', '2026-2-1', '2026-02-30', '0000-01-01', '2026-11-22T00:00', '20261122'],
  'time-zone': [
    '',
    'Mars/Olympus',
    '+02:00',
    '2026-11-22T00:00[Europe/Kyiv]',
    'Europe/Kyiv\n',
    '../../etc/passwd',
  ],
  colour: ['', 'red', '#fff', '3b82f6', '#3b82fg', '#3b82f6 ', '#3b82f6f'],
  'one-line': ['a\nb', 'a\u0000', '', ' \t\n', '\u00a0\ufeff'],
  'date-time': [
    '',
    '2026-11-22',
    '2026-11-22T18:40:00',
    '2026-02-30T00:00:00Z',
    '2026-11-22T18:40Z',
    '2027-06-30T23:59:60Z',
    '2027-06-30T12:00:60+05:00',
    '9999-12-31T23:59:59-23:59',
    '0000-01-01T00:00:00+00:01',
  ],
  language: ['', 'e', 'de_AT', 'english please', 'de-', 'de\n', 'de-de-de'],
  region: ['', 'ua', 'UKR', '49', 'UA\n', 'ZZ', 'UK', 'EU', 'QQ'],
  'mailed-token': ['', '-_'.repeat(21), '-_'.repeat(22), '-_'.repeat(21) + '=', ' '.repeat(43)],
  reminder: [
    ...onlyRefusedReminders,
    ...'7 -7D +P7D -P1Y -P1M -P1W2D -p7d -P1.5D --P7D -PT1D'.split(' '),
    '',
    '-P7D ',
  ],
}

/** Formats of JSON Schema itself, which need no pattern. */
const standard = new Set<Name>(['uuid', 'date', 'date-time'])

const attacks = [
  'a',
  '1',
  'a.',
  '1-',
  '+1-1',
  ' ',
  '\t ',
  'a@',
  '@a.',
  'a@a.a',
  '%',
  'я',
  '𐍈',
  '--',
  '//',
  '[UTC]',
].flatMap((part) => ['', '!', '@', '\n'].map((last) => ({ part, last })))

for (const name of Object.keys(formats) as Name[]) {
  const { isValid } = formats[name]
  describe(`the format ${name}`, () => {
    for (const text of valid[name]) {
      it(`takes ${JSON.stringify(text)}`, () => assert.equal(isValid(text), true))
    }
    for (const text of invalid[name]) {
      it(`refuses ${JSON.stringify(text)}`, () => assert.equal(isValid(text), false))
    }
    const { pattern } = formats[name] as Format
    it('says as a pattern what others need to know of it', () => {
      if (pattern === undefined) return assert.ok(standard.has(name))
      for (const flags of ['u', '']) {
        const isMatch = (text: string): boolean => new RegExp(pattern, flags).test(text)
        assert.deepEqual(valid[name].filter(isMatch), valid[name])
        assert.deepEqual(invalid[name].filter(isMatch), onlyRefusedHere[name] ?? [])
      }
    })
    it('takes no more than linear time for texts made to take long', async () => {
      for (const { part, last } of attacks) {
        const textOf = (size: number) => part.repeat(size / part.length) + last
        await expectLinear(`${part}… ${last}`, textOf, isValid, 50_000)
      }
    })
  })
}
