import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readableLine } from './readable-log.ts'

const time = new Date(2026, 10, 22, 9, 5, 7).toISOString()
const lineOf = (entry: object) => readableLine(JSON.stringify({ level: 30, time, ...entry }))

describe('the log on a terminal', () => {
  it('says of a request when it came, what was asked, and how that went', () => {
    const request = { method: 'POST', route: '/api/auth/signup', status: 201, ms: 33.7 }
    const line = lineOf({ id: 'abc', ip: '::1', ...request, msg: 'request' })
    assert.equal(line, '09:05 POST /api/auth/signup 201 34 ms\n')
  })

  it('says what happened, with what there is to know about it', () => {
    const line = lineOf({ msg: 'waiting for the database', reason: 'refused', attempts: 2 })
    assert.equal(line, '09:05 waiting for the database (reason: refused, attempts: 2)\n')
  })

  it('begins with a word where somebody should look', () => {
    const err = {
      type: 'Error',
      message: 'lost',
      stack: 'Error: lost\n    at connect (redis.ts:1:1)\n    at open (redis.ts:2:1)',
    }
    const warning = lineOf({ level: 40, err, msg: 'Redis is away' })
    assert.equal(warning, '09:05 WARNING Redis is away: lost\n')
    const failure = lineOf({ level: 50, err, msg: 'request failed' })
    assert.match(failure, /^09:05 ERROR request failed: lost\n +at connect .*\n +at open .*\n$/)
  })

  it('lets nobody else steer the terminal', () => {
    const line = lineOf({ msg: 'a\u001b[2Jb', reason: 'c\nd\u202ee', err: { message: 'f\rg' } })
    assert.equal(line, '09:05 a [2Jb: f g (reason: c d e)\n')
  })
})
