import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashOf } from './answer-once.ts'

const content = {
  operation: 'create',
  contact: { phones: [{ value: '+44 7700 900123', label: 'home' }], first_name: 'Zoë "Z" Львів' },
  id: null,
}

test('the members of JSON may come in any order', () => {
  const { operation, contact, id } = content
  const { phones, first_name } = contact
  assert.deepEqual(hashOf({ id, contact: { first_name, phones }, operation }), hashOf(content))
  assert.notDeepEqual(hashOf({ ...content, contact: { first_name } }), hashOf(content))
})

test('what an earlier version kept is known again', () => {
  const kept = '1c6eb2011034c96493ffa2549cc875dd8b5f6daee4532fa52090a01548df19af'
  assert.equal(hashOf(content).toString('hex'), kept)
})
