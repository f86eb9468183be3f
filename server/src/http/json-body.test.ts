import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { expectLinear } from '../../test/time-ratio.ts'
import { AppError } from '../errors.ts'
import { parseJson } from './json-body.ts'

const parse = (text: string) => parseJson(Buffer.from(text))
const refusal = (code: string) => (error: unknown) =>
  error instanceof AppError && error.kind === 'malformed' && error.code === code

const isInvalid = (error: unknown) => error instanceof AppError && error.kind === 'invalid'

describe('a JSON body', () => {
  it('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 20, noUnicodeString: false }), (text) => {
        // What could pollute a prototype has its own test.
        fc.pre(!/__proto__|constructor/.test(text))
        assert.deepEqual(parse(text), JSON.parse(text))
      }),
    )
  })

  it('may be nested 32 deep, brackets inside strings not counted', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
    assert.ok(parse(nested(32)))
    assert.throws(() => parse(nested(33)), refusal('too_deep'))
    assert.throws(() => parse('{"a":'.repeat(33)), refusal('too_deep'))
    assert.equal(parse(JSON.stringify('[{"\\'.repeat(100))), '[{"\\'.repeat(100))
    assert.ok(parse(`[${'[],{},'.repeat(400)}0]`))
  })

  it('is refused before it is parsed, however deep or wide', async () => {
    // The texts are cut off: a parser would call them malformed.
    for (const [part, expected] of [
      ['[', refusal('too_deep')],
      ['{"a":', refusal('too_deep')],
      ['[],', isInvalid],
    ] as const) {
      const textOf = (size: number) => '[' + part.repeat(size / part.length)
      const refuse = (text: string) => assert.throws(() => parse(text), expected)
      await expectLinear(part, textOf, refuse, 1024 * 1024)
    }
  })

  it('may have five thousand members, commas inside strings not counted', () => {
    assert.ok(parse(`[${'0,'.repeat(4999)}0]`))
    assert.ok(parse(JSON.stringify({ text: '1,'.repeat(5_000) })))
    assert.throws(() => parse(`[${'0,'.repeat(5000)}0]`), isInvalid)
    assert.throws(() => parse(`[${'[0,0],'.repeat(3000)}0]`), isInvalid)
  })

  for (const text of [
    '{',
    '{"a":1,}',
    "{'a':1}",
    'undefined',
    '{"a":NaN}',
    '[1] [2]',
    '"\n"',
    '{"__proto__":{"admin":true}}',
    '{"a":{"\\u005f_proto__":1}}',
    '{"constructor":{"prototype":{"admin":true}}}',
  ]) {
    it(`is not ${text}`, () => assert.throws(() => parse(text), refusal('malformed_json')))
  }

  it('is UTF-8, with or without a mark at its start', () => {
    assert.deepEqual(parse('\ufeff{"name":"Jörg"}'), { name: 'Jörg' })
    assert.throws(
      () => parseJson(Buffer.from('{"name":"Jörg"}', 'latin1')),
      refusal('malformed_json'),
    )
    assert.throws(() => parseJson(Buffer.from('{}', 'utf16le')), refusal('malformed_json'))
  })

  it('may be absent', () => assert.equal(parse(''), undefined))
})
