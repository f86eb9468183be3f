import assert from 'node:assert/strict'
import { it } from 'node:test'
import { daysLeft } from './days-left.ts'

const deleted = '2026-11-01T12:00:00.000Z'
const at = (time: string) => daysLeft(deleted, Date.parse(time))

it('a contact stays in the trash for thirty days, the first of which begins when it is deleted', () => {
  assert.equal(at('2026-11-01T12:00:00.000Z'), 30)
  assert.equal(at('2026-11-01T12:00:01.000Z'), 30)
  assert.equal(at('2026-11-02T11:59:59.000Z'), 30)
  assert.equal(at('2026-11-02T12:00:01.000Z'), 29)
  assert.equal(at('2026-11-30T11:00:00.000Z'), 2)
  assert.equal(at('2026-11-30T13:00:00.000Z'), 1)
  assert.equal(at('2026-12-01T11:59:59.000Z'), 1)
})

it('no day is left of one that the server has not removed yet', () => {
  assert.equal(at('2026-12-01T12:00:00.000Z'), 0)
  assert.equal(at('2026-12-24T12:00:00.000Z'), 0)
})

it('a clock that is behind makes no more days of it', () => {
  assert.equal(at('2026-11-01T11:59:50.000Z'), 30)
})
