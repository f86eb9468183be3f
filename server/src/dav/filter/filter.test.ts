import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { servedCard } from '../cards/served-card.ts'
import type { Filter, PropFilter, TextMatch } from './filter.ts'
import { matches } from './matches.ts'
import { quickLook } from './may-match.ts'
import { passesFilter } from './passes-filter.ts'

const cardOf = (...lines: string[]) =>
  ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n')

const names = fc.constantFrom('FN', 'NOTE', 'EMAIL', 'TEL', 'ORG', 'KIND', 'BDAY', 'N')
const words = fc.constantFrom(
  'ada',
  'ADA',
  'org',
  'tel:+4',
  '1604',
  '--0408',
  'zoë',
  'ZOË',
  'a\\,b',
  'x;y',
  'ß',
  'ss',
  '',
)
const textMatches = fc.record<TextMatch>({
  collation: fc.constantFrom('i;unicode-casemap', 'i;ascii-casemap', 'i;octet'),
  isNegated: fc.boolean(),
  type: fc.constantFrom('contains', 'equals', 'starts-with', 'ends-with'),
  text: words,
})
const propFilters = fc.record<PropFilter>({
  name: names,
  group: fc.constantFrom(null, 'ITEM1'),
  test: fc.constantFrom('anyof', 'allof'),
  conditions: fc.option(
    fc.record({
      texts: fc.array(textMatches, { maxLength: 2 }),
      params: fc.array(
        fc.record({
          name: fc.constantFrom('TYPE', 'PREF'),
          condition: fc.oneof(textMatches, fc.constantFrom('is-not-defined' as const, null)),
        }),
        { maxLength: 1 },
      ),
    }),
  ),
})
const filters = fc.record<Filter>({
  test: fc.constantFrom('anyof', 'allof'),
  props: fc.array(propFilters, { maxLength: 3 }),
})
const lines = fc
  .tuple(
    fc.constantFrom('', 'item1.'),
    names,
    fc.constantFrom('', ';TYPE=ada', ';PREF=1', ';TYPE=pref', ';VALUE=uri', ';X-KITH-VALUE=uri'),
    words,
    words,
  )
  .map(([group, name, params, one, other]) => `${group}${name}${params}:${one}\r\n  ${other}`)

describe('the quick look at a card', () => {
  it('passes every card that matches', () => {
    fc.assert(
      fc.property(filters, fc.array(lines, { maxLength: 4 }), (filter, some) => {
        const card = cardOf(...some)
        assert.ok(quickLook(filter)(card) || !matches(card, filter))
      }),
      { numRuns: 2_000 },
    )
  })

  it('passes every card that matches as it is served, in either version', () => {
    fc.assert(
      fc.property(
        filters,
        fc.array(lines, { maxLength: 4 }),
        fc.constantFrom('3.0', '4.0'),
        fc.constantFrom('3.0', '4.0'),
        (filter, some, stored, version) => {
          const card = cardOf('UID:a', ...some).replace('VERSION:3.0', `VERSION:${stored}`)
          const file = { id: 'a', uid: 'a', card_etag: card, card }
          const isFound = passesFilter(filter, version)(card, file)
          assert.equal(
            isFound,
            matches(stored === version ? card : servedCard(file, version), filter),
          )
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('passes few others', () => {
    const condition = {
      collation: 'i;unicode-casemap',
      isNegated: false,
      type: 'contains',
    } as const
    const filter: Filter = {
      test: 'anyof',
      props: [
        {
          name: 'FN',
          group: null,
          test: 'anyof',
          conditions: { texts: [{ ...condition, text: 'zoë' }], params: [] },
        },
      ],
    }
    assert.equal(quickLook(filter)(cardOf('FN:Ada')), false)
    assert.equal(quickLook(filter)(cardOf('FN:ZO\r\n Ë')), true)
  })
})

describe('a negated condition', () => {
  const isNot = (text: string): Filter => ({
    test: 'anyof',
    props: [
      {
        name: 'EMAIL',
        group: null,
        test: 'anyof',
        conditions: {
          texts: [{ collation: 'i;octet', isNegated: true, type: 'equals', text }],
          params: [],
        },
      },
    ],
  })

  it('holds where any line is otherwise, and never where there is none', () => {
    assert.equal(matches(cardOf('EMAIL:a', 'EMAIL:b'), isNot('a')), true)
    assert.equal(matches(cardOf('EMAIL:a'), isNot('a')), false)
    assert.equal(matches(cardOf('FN:a'), isNot('a')), false)
  })
})
