import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { realNames } from '../../../test/real-names.ts'
import { collationKey, fieldSeparator } from './collation-key.ts'

// English sorts by the root order, without a change.
const { compare } = new Intl.Collator('en')

const names = [...new Set(Object.values(realNames).flat())]
const letters = [...new Set(names.join(''))].filter((letter) => letter.trim() !== '')
/** Words of letters that are used together, with capitals, accents and signs among them. */
const anyWord = fc.oneof(
  ...Object.values(realNames).map((some) =>
    fc.string({ unit: fc.constantFrom(...new Set(some.join(' '))), maxLength: 6 }),
  ),
  fc.string({ unit: fc.constantFrom(...letters), maxLength: 4 }),
  fc.string({
    unit: fc.constantFrom(
      ...Array.from('aAoOuUеЕиИ\u0300\u0301\u0306\u0308\u030a\u0323\u0327\u0328'),
    ),
    maxLength: 6,
  }),
)

describe('a sort key', () => {
  it('sorts names of every script as the root order of CLDR does', () => {
    assert.deepEqual(wrongPairs(names), [])
  })

  it('sorts any letters and accents so', () => {
    fc.assert(
      fc.property(anyWord, anyWord, (one, other) => {
        assert.equal(order(one, other), Math.sign(compare(one, other)))
      }),
      { numRuns: 20_000 },
    )
  })

  it('sorts every character of Unicode so', () => {
    const sorted = everyCharacter()
      .map((character) => ({ character, key: keyOf(character) }))
      .sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0))
    const wrong = sorted.filter(({ character, key }, at) => {
      const next = sorted[at + 1]
      const expected = next && Math.sign(compare(character, next.character))
      return expected !== undefined && expected !== (key === next?.key ? 0 : -1)
    })
    assert.deepEqual(wrong, [])
  })

  it('is made from the order of this Node', () => {
    const file = readFileSync(new URL('root-order.txt', import.meta.url), 'latin1')
    const { cldr = '', unicode = '' } = process.versions
    const [heading = ''] = file.split('\n')
    // If not: `node scripts/root-order/make.ts`, and another version of the columns.
    assert.match(
      heading,
      RegExp(`CLDR ${RegExp.escape(cldr)}, .* Unicode ${RegExp.escape(unicode)}\\.$`),
    )
  })

  it('sorts by the first text, then by the next, and by accents only where all letters are the same', () => {
    const pairs = fc.tuple(anyWord, anyWord)
    fc.assert(
      fc.property(pairs, pairs, (one, other) => {
        // U+FFFE sorts below everything, and separates what is merged (UTS #35, part 5, 3.2).
        const expected = Math.sign(compare(one.join('\ufffe'), other.join('\ufffe')))
        assert.equal(orderOf(keyOf(...one), keyOf(...other)), expected)
      }),
      { numRuns: 5_000 },
    )
  })

  it('sorts by its octets as by its UTF-16', () => {
    const keys = [...names.map((name) => keyOf(name)), keyOf('x'.repeat(900)), keyOf('\u{10fffd}')]
    const byOctets = keys.toSorted((one, other) =>
      Buffer.compare(Buffer.from(one), Buffer.from(other)),
    )
    assert.deepEqual(byOctets, keys.toSorted())
  })

  it('takes about as many octets as the name', () => {
    for (const [name, octets] of [
      ['ada lovelace', 12],
      ['Ada Lovelace', 17],
      ['Müller', 11],
    ] as const) {
      assert.equal(Buffer.byteLength(keyOf(name)), octets, name)
    }
  })

  it('is cut where it would be too long, and sorts by what is left', () => {
    const cut = (text: string) =>
      collationKey(
        [
          { text, maxOctets: 20 },
          { text: 'Ada', maxOctets: 20 },
        ],
        30,
      )
    for (const letter of ['x', 'я', '漢', '각', '\u0301', '\u{1f600}']) {
      const text = letter.repeat(50)
      assert.ok(Buffer.byteLength(cut(text)) <= 30)
      assert.ok(cut(text).isWellFormed())
      assert.equal(cut(text + letter), cut(text))
    }
    assert.ok(cut('x'.repeat(20)) < cut('x'.repeat(21)))
    assert.ok(cut('x'.repeat(50)) < cut('y'))
    assert.ok(cut('x'.repeat(50)).includes(fieldSeparator))
  })

  it('is made quickly of whatever a card holds', () => {
    for (const letter of ['x', '\u0301', 'е\u0323']) {
      const text = letter.repeat(500_000)
      assert.ok(collationKey([{ text, maxOctets: 200 }], 512).length <= 512)
    }
  })
})

function keyOf(...texts: string[]): string {
  return collationKey(
    texts.map((text) => ({ text, maxOctets: 1_000 })),
    4_000,
  )
}

function order(one: string, other: string): number {
  return orderOf(keyOf(one), keyOf(other))
}

function orderOf(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function wrongPairs(texts: readonly string[]): [string, string][] {
  const keys = texts.map((text) => keyOf(text))
  const wrong: [string, string][] = []
  for (const [at, one] of texts.entries()) {
    for (let next = at + 1; next < texts.length; next++) {
      const other = texts[next] ?? ''
      const found = orderOf(keys[at] ?? '', keys[next] ?? '')
      if (found !== Math.sign(compare(one, other))) wrong.push([one, other])
    }
  }
  return wrong
}

function everyCharacter(): string[] {
  const found: string[] = []
  for (let codePoint = 0; codePoint < 0x110000; codePoint++) {
    const character = String.fromCodePoint(codePoint)
    if (!/[\p{Cn}\p{Cs}\p{Co}]/u.test(character)) found.push(character)
  }
  return found
}
