import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { labelKey, labelName, maxNameLength } from '../book/label-name.ts'
import { patchCard } from '../vcard/patch-card.ts'
import { readCard } from '../vcard/read-card.ts'
import { renameCategory } from './categories.ts'

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.string({
    unit: fc.constantFrom('a', 'É', ' ', ',', ';', '\\', '\n', '\u200b', '\ufdfa', '𝔄'),
  }),
)
const anyName = anyText.map(labelName).filter((name) => name !== null)
const names = fc.uniqueArray(anyName, { selector: labelKey, minLength: 1, maxLength: 6 })
const card = ['BEGIN:VCARD', 'VERSION:3.0', 'FN:A', 'N:;A;;;', 'X-Y:z', 'END:VCARD', ''].join(
  '\r\n',
)

const withCategories = (text: string, categories: readonly string[]) =>
  patchCard(text, { contact: readCard(text).contact, categories, rev: new Date(0) })

describe('the name of a label', () => {
  it('is one line of a hundred characters at most, which a card gives back as it is', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        assert.equal(labelName(name), name)
        assert.ok(Array.from(name).length <= maxNameLength)
        assert.deepEqual(readCard(withCategories(card, [name])).categories, [name])
      }),
    )
  })

  it('is found whatever is folded away, by a key that fits into an index', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        assert.equal(labelKey(` ${name.normalize('NFD')}\u200d`), labelKey(name))
        assert.ok(Buffer.byteLength(labelKey(name)) <= 2_000)
      }),
    )
    assert.ok(Buffer.byteLength(labelKey('\ufdfa'.repeat(maxNameLength))) <= 2_000)
  })
})

describe('renaming one of the labels on a card', () => {
  it('renames it alone, and where it stands', () => {
    fc.assert(
      fc.property(names, anyName, fc.nat(), (before, name, number) => {
        const at = number % before.length
        const now = before.with(at, name)
        fc.pre(new Set(now.map(labelKey)).size === now.length)
        assert.deepEqual(renameCategory(before, now.toReversed(), name), now)
        assert.deepEqual(renameCategory(now, now, name), now)
        const renamed = withCategories(withCategories(card, before), now)
        assert.equal(renamed, withCategories(card, now))
      }),
    )
  })

  it('leaves a card alone that does not name it', () => {
    fc.assert(
      fc.property(names, (all) => {
        const [group = '', ...others] = all
        assert.deepEqual(renameCategory(others, all, group), others)
      }),
    )
  })

  it('in any order ends with the names of all', () => {
    fc.assert(
      fc.property(names, fc.infiniteStream(fc.boolean()), (before, order) => {
        const now = before.map((name) => labelName(`${name.slice(0, 40)} now`) ?? name)
        fc.pre(new Set([...now, ...before].map(labelKey)).size === now.length * 2)
        let left = now
        let categories = before
        while (left.length > 0) {
          const next = (order.next().value ? left[0] : left.at(-1)) ?? ''
          left = left.filter((name) => name !== next)
          categories = renameCategory(categories, now, next)
        }
        assert.deepEqual(new Set(categories), new Set(now))
      }),
    )
  })
})
