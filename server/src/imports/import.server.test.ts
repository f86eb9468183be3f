import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { expectStatus, signUp } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'
import { importFile, finished } from '../../test/imports.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

const cards = [
  'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:a1\r\nFN:Ada Lovelace\r\nN:Lovelace;Ada;;;\r\nTEL;TYPE=CELL:+44 1\r\nX-ODD;P=1:kept\r\nCATEGORIES:Friends\r\nEND:VCARD\r\n',
  'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Charles Babbage\r\nEMAIL:charles@example.org\r\nEND:VCARD\r\n',
  'BEGIN:VCARD\nVERSION:2.1\nN:Somerville;Mary\nTEL;HOME:030 1\nEND:VCARD\n',
]

describe('a file of vCards', () => {
  it('is imported, and the same once more changes nothing', async () => {
    const ada = await signUp(server)
    const answer = await importFile(ada, cards.join(''))
    expectStatus(answer, 202)
    const done = await finished(ada, answer)
    assert.deepEqual(
      [done.state, done.created, done.updated, done.same, done.failed, done.progress],
      ['done', 3, 0, 0, 0, 1],
      JSON.stringify(done),
    )
    const contacts = (await ada.get('/api/contacts?view=full')).json()
    assert.deepEqual(
      contacts.map((one: { last_name: string }) => one.last_name),
      ['Babbage', 'Lovelace', 'Somerville'],
    )
    const again = await finished(ada, await importFile(ada, cards.join('')))
    assert.deepEqual([again.created, again.updated, again.same, again.failed], [0, 0, 3, 0])
  })
})
