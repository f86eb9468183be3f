import assert from 'node:assert/strict'
import { it } from 'node:test'
import { withoutDirection } from './without-direction.ts'

it('a name does not turn around the sentence that it is in', () => {
  assert.equal(withoutDirection('a\u202Egnp.exe'), 'agnp.exe')
  assert.equal(withoutDirection('a\u2067gnp.exe'), 'a\u2067gnp.exe\u2069')
  assert.equal(withoutDirection('\u2068a\u2067gnp.exe\u2069'), '\u2068a\u2067gnp.exe\u2069\u2069')
})

it('names of every script stay as they are, with the marks that join, order and isolate them', () => {
  const names = ['Zoë', 'נועה \u200Eيوسف\u200F', 'مى\u200Cخواهم', '👩\u200D🚀', '\u2068נועה\u2069']
  for (const name of names) assert.equal(withoutDirection(name), name)
})
