import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { simpleContact } from '../../test/simple-contact.ts'
import { anyTypo, mistyped } from '../../test/typos.ts'
import { contactWith } from './contact.ts'
import { searchText } from './search-text.ts'
import { searchWords } from './search-words.ts'
import { comparisonWith, typoTexts } from './similar.ts'

const john = searchText(
  contactWith({
    first_name: 'John',
    last_name: 'Łukasiewicz-Smythe',
    company: 'Analytical Engines',
    emails: [{ label: null, value: 'jl@example.org' }],
    phones: [{ label: null, value: '+44 7700 900123' }],
  }),
)

const likeness = (text: string, query: string) => comparisonWith(searchWords(query))(text)

describe('what is like a search', () => {
  it('has its words, with one typo in four letters and two in eight', () => {
    for (const [query, typos] of [
      ['john', 0],
      ['Jonh', 1],
      ['jhon', 1],
      ['ohnj', null],
      ['jon lukasiewicz', null],
      ['jonh lukasiewicz', 1],
      ['Lukaszewic', 2],
      ['lukasiewizc', 1],
      ['lukazewic', null],
      ['smithe', 1],
      ['jonh smithe', 2],
      ['enignes', 1],
      ['enignes john', 1],
      ['analitycal', 2],
      ['jl@exmaple.org', null],
      ['exmaple', null],
      ['900124', null],
    ] as const) {
      assert.equal(likeness(john, query)?.typos ?? null, typos, query)
    }
  })

  it('forgives typos across scripts', () => {
    for (const [name, query] of [
      ['Мюллер', 'Мюлер'],
      ['Müller', 'Мюлер'],
      ['Олена', 'Olnea'],
      ['Olena', 'Олнеа'],
      ['Παπαδόπουλος', 'Papadopuolos'],
    ] as const) {
      const text = searchText(simpleContact({ ...nobody, last_name: name }))
      assert.equal(likeness(text, query)?.typos, 1, `${query} for ${name}`)
    }
  })

  it('is worse in a company than in a name, and what the words have elsewhere worse still', () => {
    assert.equal(likeness(john, 'jonh')?.zone, 0)
    assert.equal(likeness(john, 'enignes')?.zone, 1)
    assert.deepEqual(comparisonWith(searchWords('jonh oboe'))(john, [false, true]), {
      typos: 1,
      zone: 3,
    })
  })
})

describe('the texts that a mistyped word is looked for by', () => {
  const name = fc.string({
    unit: fc.constantFrom(...Array.from('abcdeéößłйіюящαβγ')),
    minLength: 4,
    maxLength: 14,
  })

  it('find the word however it is mistyped', () => {
    fc.assert(
      fc.property(name, anyTypo, anyTypo, (last_name, typo, other) => {
        const text = searchText(simpleContact({ ...nobody, last_name }))
        const once = mistyped(last_name, typo)
        for (const query of [once, mistyped(once, other)]) {
          const [word] = searchWords(query)
          if (!word || likeness(text, query) === null) continue
          const found = [...word.texts, ...typoTexts(word)].some((one) => text.includes(one))
          assert.ok(found, `${query}: ${typoTexts(word).join()} in ${text}`)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})

const nobody = { first_name: null, last_name: null, email: null, phone: null }
