import assert from 'node:assert/strict'
import { it } from 'node:test'
import { createPace } from '../../pace.ts'
import { measure } from './content-length.ts'

it('lets others run while many cards are converted to be measured', async () => {
  const phones = Array.from({ length: 40 }, (_, at) => `TEL;PID=${at + 1}.1:${at}`)
  const files = Array.from({ length: 60 }, (_, at) => ({
    id: `id ${at}`,
    uid: null,
    card_etag: `tag ${at}`,
    card: ['BEGIN:VCARD', 'VERSION:4.0', `FN:A ${at}`, ...phones, 'END:VCARD', ''].join('\r\n'),
  }))
  let rounds = 0
  const next = () => {
    rounds++
    timer = setImmediate(next)
  }
  let timer = setImmediate(next)
  await measure(files, createPace())
  clearImmediate(timer)
  // Without giving way, no round.
  assert.ok(rounds > 3, String(rounds))
})
