import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { openTestDatabase } from '../../test/database.ts'
import { fold } from './fold.ts'

const anyText = fc.string({ unit: 'binary', maxLength: 50 })

// Of many languages, with every letter that folding names.
const names = [
  'Ada Lovelace',
  'Łukasz Wałęsa',
  'Søren Kierkegård',
  'Þórður Ægisson',
  'Đặng Thị Huyền',
  'Guðrún Eiríksdóttir',
  'Strauß, STRAUẞ',
  'Œuvrard Cœur',
  'Şükrü Işık İnönü',
  'Ħal Għaxaq Żabbar',
  'Áŋŋel Ŧuoma Ǥuovssu',
  'Ɓala Ɗanjuma Ƙasimu Ƴaya',
  'Ɛfua Kɛtɛ Aƒi Ɖo Ʋenya Ɲɛnɛ',
  'O’Brien, O‘Brien, Oʼbrien',
  'Anne‐Marie Jean–Luc',
  'Žižek Čapek Dvořák Ångström',
  'François Noël Muñoz',
  'ﬁnn Ａｄａ',
]

describe('folding', () => {
  it('finds nothing left to fold the second time', () => {
    fc.assert(fc.property(anyText, (text) => assert.equal(fold(fold(text)), fold(text))))
    for (const letter of everyCharacter()) {
      if (fold(fold(letter)) !== fold(letter)) assert.fail(`${letter} folds to ${fold(letter)}`)
    }
  })

  it('folds plain ASCII alone as it does beside other letters', () => {
    const ascii = fc.string({ unit: 'grapheme-ascii', maxLength: 50 })
    fc.assert(
      fc.property(ascii, (text) => assert.equal(`${fold(text)} e`.trim(), fold(`${text} é`))),
    )
  })

  it('makes upper and lower case one', () => {
    for (const name of [...names, 'Ζωή Παπαδοπούλου ΟΔΥΣΣΕΥΣ', 'Олександр Щерба', 'Գրիգոր']) {
      assert.equal(fold(name.toUpperCase()), fold(name))
      assert.equal(fold(name.toLowerCase()), fold(name))
    }
  })

  it('makes composed and decomposed accents one', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        assert.equal(fold(text.normalize('NFC')), fold(text))
        assert.equal(fold(text.normalize('NFD')), fold(text))
      }),
    )
  })

  it('agrees with unaccent and lower of PostgreSQL', async () => {
    await using database = await openTestDatabase()
    await database.pool.query('create extension unaccent')
    const { rows } = await database.pool.query<{ name: string; folded: string }>(
      'select name, lower(unaccent(normalize(name, NFKC)) collate pg_c_utf8) as folded from unnest($1::text[]) as t(name)',
      [names],
    )
    assert.equal(rows.length, names.length)
    for (const { name, folded } of rows) assert.equal(fold(name), folded)
  })

  it('leaves no control character and no space but single ones inside', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        assert.doesNotMatch(fold(text), /[\p{Cc}\p{M}]|^\s|\s$|\s\s|[^\S ]/u)
      }),
    )
  })

  it('drops what nobody sees', () => {
    assert.equal(fold('\u202aAn\u00adna\u200b\u202c'), 'anna')
    assert.equal(fold('می\u200cنا'), fold('مینا'))
    assert.equal(fold('\ufeff Ada \u00a0\t\r\n Lovelace\u2028'), 'ada lovelace')
  })

  it('reads the digits of every script', () => {
    // Unicode lists the digits of each script in order, from 0 to 9.
    const digits = [...everyCharacter()].filter((character) => /\p{Nd}/u.test(character))
    assert.ok(digits.length > 600)
    for (const [index, digit] of digits.entries()) assert.equal(fold(digit), String(index % 10))
  })

  it('takes one kind of apostrophe and dash for the other', () => {
    for (const apostrophe of "'’‘´`ʼ′") assert.equal(fold(`O${apostrophe}Brien`), "o'brien")
    for (const dash of '-‐‑‒–—−－') assert.equal(fold(`Anne${dash}Marie`), 'anne-marie')
  })

  it('keeps what is typed for a letter that is two', () => {
    assert.equal(fold('Strauß'), 'strauss')
    assert.equal(fold('Ægir'), 'aegir')
    assert.equal(fold('Þór'), 'thor')
  })
})

/** Every assigned character of Unicode. */
function* everyCharacter(): Generator<string> {
  for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
    const character = String.fromCodePoint(codePoint)
    if (!/[\p{Cn}\p{Co}\p{Cs}]/u.test(character)) yield character
  }
}
