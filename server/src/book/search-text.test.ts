import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { simpleContact, type SimpleFields } from '../../test/simple-contact.ts'
import { contactWith } from './contact.ts'
import { searchText } from './search-text.ts'
import { startsWithPattern, wordPatterns, type Alternatives } from './search-words.ts'

const nobody: SimpleFields = { first_name: null, last_name: null, email: null, phone: null }
const ada = {
  first_name: 'Ada Éva',
  last_name: 'Lovelace-King',
  email: 'Ada_L%51@Example.org',
  phone: '+49 (0)30 123456',
}

const anyField = fc.option(fc.string({ unit: 'binary', maxLength: 300 }))
const anyFields = fc.record({
  first_name: anyField,
  last_name: anyField,
  email: anyField,
  phone: anyField,
})
const plainWord = fc.stringMatching(/^[a-z][a-z%_\\']{0,9}$/)

describe('the search text', () => {
  it('fits into its index whatever is in the fields', () => {
    // Each of these letters becomes eighteen.
    const longest = '\ufdfa'.repeat(254)
    for (const sample of [
      { first_name: longest, last_name: longest, email: longest, phone: '1'.repeat(5000) },
      ...fc.sample(anyFields, 500),
    ]) {
      assert.ok(Buffer.byteLength(searchText(simpleContact(sample))) <= 2000)
    }
  })

  it('is never cut inside a character', () => {
    for (const letter of ['я', '漢', '𐍈', '\ufdfa', '각']) {
      for (let before = 0; before < 4; before++) {
        const name = 'a'.repeat(before) + letter.repeat(250)
        const fields = { first_name: name, last_name: name, email: name, phone: null }
        assert.doesNotMatch(searchText(simpleContact(fields)), /\ufffd/)
        assert.ok(matches(fields, [startsWithPattern('first_name', name)]), 'found by all of it')
      }
    }
  })

  it('keeps the fields apart, so that no text reaches from one into the next', () => {
    fc.assert(
      fc.property(anyFields, (fields) => {
        assert.match(
          searchText(simpleContact(fields)),
          // oxlint-disable-next-line no-control-regex
          /^\u000e?\u0001 ([^\p{Cc}]* )?\u0002 ([^\p{Cc}]* )?(\u0005 [^\p{Cc}]+ )*\u0006\u0007\u0003 ([^\p{Cc}]* )?\u0008(\u0004 ([^\p{Cc}]* )?){1,2}$/u,
        )
      }),
    )
  })
})

describe('a filter by the start of a field', () => {
  it('matches only starts, without case or accents', () => {
    for (const start of ['', 'a', 'ADA', 'ada é', 'Ada  Eva', 'Adà ']) {
      assert.ok(matches(ada, [startsWithPattern('first_name', start)]), start)
    }
    for (const other of ['da', 'eva', 'lovelace', 'a d', 'adaeva', '%', '_da', 'ada eva l']) {
      assert.ok(!matches(ada, [startsWithPattern('first_name', other)]), other)
    }
    assert.ok(matches(ada, [startsWithPattern('email', 'ada_l%5')]))
    assert.ok(!matches(ada, [startsWithPattern('email', 'adaxl')]))
  })

  it('matches the start of every field, and of no other field', () => {
    fc.assert(
      fc.property(anyFields, fc.nat(300), (fields, length) => {
        for (const name of ['first_name', 'last_name', 'email'] as const) {
          const start = Array.from(fields[name] ?? '')
            .slice(0, length)
            .join('')
          // A character may fold together with the one behind it, but not with a space.
          const whole = { ...fields, [name]: `${start} ${fields[name] ?? ''}` }
          assert.ok(matches(whole, [startsWithPattern(name, start)]))
        }
      }),
    )
  })
})

describe('a search for words', () => {
  it('finds all words anywhere, in any order', () => {
    for (const query of [
      'ada',
      'KING ada',
      'lace-k',
      'ova',
      'love example',
      '  EVA\tada ',
      'éva',
    ]) {
      const isFound = query !== 'ova'
      assert.equal(matches(ada, wordPatterns(query)), isFound, query)
    }
    assert.ok(!matches(ada, wordPatterns('ada babbage')))
  })

  it('takes wildcards, quotes and backslashes for what they are', () => {
    fc.assert(
      fc.property(plainWord, plainWord, (word, other) => {
        const fields = { ...nobody, first_name: other }
        assert.equal(matches(fields, wordPatterns(word)), other.includes(word))
      }),
    )
    for (const query of ['l%5', 'a_l', '_', '%']) assert.ok(matches(ada, wordPatterns(query)))
    for (const query of ['a%a', 'a_a', '__', '%%', '\\', "' or 1=1--", '\\%']) {
      assert.ok(!matches(ada, wordPatterns(query)), query)
    }
  })

  it('finds every contact by the words of its own fields', () => {
    fc.assert(
      fc.property(anyFields, (fields) => {
        for (const text of [fields.first_name, fields.last_name, fields.email]) {
          const short = Array.from(text ?? '')
            .slice(0, 20)
            .join('')
          assert.ok(matches({ ...fields, first_name: short }, wordPatterns(short)))
        }
      }),
    )
  })

  it('looks for nothing where nothing is asked', () => {
    for (const query of ['', ' ', '\u0301', '\u200b', '\u0001']) {
      assert.deepEqual(wordPatterns(query), [])
    }
  })
})

describe('a search for a phone number', () => {
  const international = [
    '+49 30 123456',
    '+49 (0)30 123456',
    '0049 30/123456',
    '+49-30-12-34-56',
    '+٤٩ ٣٠ ١٢٣٤٥٦',
  ]
  const national = ['030 123456', '030/123456', '(030) 12 34 56', '٠٣٠ ١٢٣٤٥٦', '030123456']

  it('finds it however it was typed, there and here', () => {
    for (const phone of [...international, ...national]) {
      for (const query of [...international, ...national, '123456', '30 12', '3 0 1 2', '0301']) {
        assert.ok(matches({ ...nobody, phone }, wordPatterns(query)), `${query} finds ${phone}`)
      }
    }
  })

  it('finds it by a part, while it is being typed', () => {
    for (const phone of international) {
      for (const query of ['+4', '+49', '+49 (', '+49 (0', '+49 (0)', '+49 (0)3', '00493', '03']) {
        assert.ok(matches({ ...nobody, phone }, wordPatterns(query)), `${query} finds ${phone}`)
      }
    }
  })

  it('does not take another country or another number for it', () => {
    const phone = '+49 30 123456'
    for (const query of [
      '+43 30 123456',
      '+30 123456',
      '0130 123456',
      '31 123456',
      '0043',
      '007',
    ]) {
      assert.ok(!matches({ ...nobody, phone }, wordPatterns(query)), query)
    }
    assert.ok(matches({ ...nobody, phone: '5550071' }, wordPatterns('007')))
  })

  it('still finds the same characters in names and addresses', () => {
    const studio = { ...nobody, first_name: 'Studio 3.14', last_name: '54 12', email: '0-8@x.org' }
    for (const query of ['3.14', '54', '12 54', '0-8', 'studio 3.1', '-8']) {
      assert.ok(matches(studio, wordPatterns(query)), query)
    }
  })

  it('may stand beside other words', () => {
    assert.ok(matches(ada, wordPatterns('ada 030-12')))
    assert.ok(matches(ada, wordPatterns('12 34 ada')))
    assert.ok(!matches(ada, wordPatterns('ada 030-99')))
  })
})

describe('a search for a number as it is written', () => {
  const flowers = { ...nobody, phone: '1-800-FLOWERS' }

  it('finds it by its text, and by the digits that its letters are dialled by', () => {
    for (const query of [
      '1-800-FLOWERS',
      '1-800-flowers',
      '1 800 flowers',
      '800-flow',
      '18003569377',
      '1800 356 9377',
      '+1 800 356-9377',
      '1800FLOWERS',
      '+1-800-FLOWERS',
    ]) {
      assert.ok(matches(flowers, wordPatterns(query)), query)
    }
    const plain = { ...nobody, phone: '+1 800 356 9377' }
    assert.ok(matches(plain, wordPatterns('1-800-FLOWERS')))
    assert.ok(matches({ ...nobody, phone: '*123#' }, wordPatterns('*123#')))
    assert.ok(matches({ ...nobody, phone: '+49 30 123456 (work)' }, wordPatterns('030 123456')))
  })

  it('takes no word for a number', () => {
    assert.ok(!matches({ ...nobody, phone: '464' }, wordPatterns('ing')))
    assert.ok(!matches({ ...nobody, phone: '3569377' }, wordPatterns('flowers')))
    assert.ok(!matches({ ...nobody, phone: '+43 800 3569377' }, wordPatterns('+1-800-FLOWERS')))
  })
})

describe('a search for a name', () => {
  it('finds it without the space, in both orders, where people write none', () => {
    for (const [first_name, last_name, ...queries] of [
      ['太郎', '山田', '山田太郎', '太郎山田', '山田太', '山田 太郎'],
      ['山田太郎', null, '山田太郎', '山田 太郎', '太郎 山田'],
      ['山田 太郎', null, '山田太郎'],
      ['철수', '김', '김철수', '철수김', '김철', '김 철수'],
      ['김철수', null, '김철수', '김 철수'],
      ['さくら', '佐藤', '佐藤さくら'],
      ['伟', '王', '王伟'],
    ] as const) {
      for (const query of queries) {
        assert.ok(matches({ ...nobody, first_name, last_name }, wordPatterns(query)), query)
      }
    }
    assert.ok(
      !matches({ ...nobody, first_name: '太郎', last_name: '山田' }, wordPatterns('山太郎')),
    )
    assert.ok(!matches(ada, wordPatterns('lovelace-kingada')))
  })

  it('finds umlauts by the letters that stand for them elsewhere, and the other way', () => {
    const german = { ...nobody, first_name: 'Jürgen', last_name: 'Müller' }
    const plain = { ...nobody, first_name: 'Juergen', last_name: 'Mueller' }
    for (const query of ['müller', 'mueller', 'MUELLER juergen', 'Jürgen Mueller']) {
      assert.ok(matches(german, wordPatterns(query)), query)
      assert.ok(matches(plain, wordPatterns(query)), query)
    }
    assert.ok(matches(german, wordPatterns('muller')))
    assert.ok(!matches(plain, wordPatterns('muller')))
    assert.ok(matches({ ...nobody, first_name: 'Søren' }, wordPatterns('soeren')))
    assert.ok(matches({ ...nobody, first_name: 'Aase' }, wordPatterns('Åse')))
  })
})

describe('the search text of many addresses', () => {
  it('holds as many e-mails and phones as fit, in turn', () => {
    const contact = contactWith({
      emails: Array.from({ length: 100 }, (_, at) => ({
        label: null,
        value: `address${at}@x.org`,
      })),
      phones: Array.from({ length: 40 }, (_, at) => ({ label: null, value: `555 01${at + 10}` })),
    })
    const text = searchText(contact)
    for (const part of ['address70@', '5550149']) assert.ok(text.includes(part), part)
  })
})

/** Whether a text matches as in the database: one alternative of every pattern. */
function matches(fields: SimpleFields, patterns: Alternatives[]): boolean {
  const text = searchText(simpleContact(fields))
  return patterns.every((alternatives) => alternatives.some((one) => like(text, one)))
}

function like(text: string, pattern: string): boolean {
  const parts = pattern.match(/\\[^]|[^]/g) ?? []
  const source = parts.map((part) => {
    if (part === '%') return '[^]*'
    if (part === '_') return '[^]'
    return RegExp.escape(part.length === 2 && part.startsWith('\\') ? part.slice(1) : part)
  })
  return new RegExp(`^${source.join('')}$`).test(text)
}
