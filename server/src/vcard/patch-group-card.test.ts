import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { patchGroupCard } from './patch-group-card.ts'

/** The N of a group with that FN and N once it has the name Beta. */
function renamed(fullName: string, name: string): string | undefined {
  const lines = ['VERSION:3.0', 'X-ADDRESSBOOKSERVER-KIND:group', `FN:${fullName}`, `N:${name}`]
  const card = ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n')
  const rev = new Date('2026-11-22T12:00:00Z')
  const changed = patchGroupCard(card, { name: 'Beta', isRemoved: () => false, added: [], rev })
  assert.match(changed, /\r\nFN:Beta\r\n/)
  return /^N:(.*)$/m.exec(changed)?.[1]?.trim()
}

describe('the card of a group with another name', () => {
  it('has it in that component of N which had the old one', () => {
    assert.equal(renamed('Alpha', 'Alpha;;;;'), 'Beta;;;;')
    assert.equal(renamed('Alpha', ';Alpha;;;'), ';Beta;;;')
    assert.equal(renamed('A\\, B', ';A\\, B;;;'), ';Beta;;;')
  })

  it('has it in place of all components that were the old one together', () => {
    assert.equal(renamed('The Big Club', 'Club;The Big;;;'), 'Beta;;;;')
  })

  it('keeps an N that says something else', () => {
    for (const name of ['Other;;;;', 'Alpha;Other;;;', ';;;;']) {
      assert.equal(renamed('Alpha', name), name)
    }
  })
})
