import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatBirthday } from './birthday-words.ts'

test('a day of the calendar is written out', () => {
  assert.match(formatBirthday('1815-12-10'), /10.*1815|1815.*10/)
  assert.doesNotMatch(formatBirthday('--02-29'), /2000/)
  assert.match(formatBirthday('--02-29'), /29/)
})

test('what is none stays as it was written', () => {
  for (const text of [
    '2015-13-45',
    '2015-02-29',
    '--02-30',
    '2015-00-01',
    '2015-01-00',
    'in May',
  ]) {
    assert.equal(formatBirthday(text), text)
  }
})
