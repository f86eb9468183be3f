import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { addCard, cardWith } from '../../test/cards.ts'
import { addContact } from '../../test/contacts.ts'
import { expectStatus, readJson, signUp } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const ada = await signUp(server)

describe('what only other programs understand of a contact', () => {
  it('is listed, and stays when the contact is edited', async () => {
    const card = cardWith('3.0', 'N:;Zoë;;;', 'FN:Zoë', 'X-SKILL:Baking', 'item1.X-LOCAL:a,b')
    const id = await addCard(server, ada, card)
    const url = `/api/contacts/${id}/other-properties`
    const expected = [
      { name: 'X-SKILL', value: 'Baking' },
      { name: 'X-LOCAL', value: 'a,b' },
    ]
    assert.deepEqual(await readJson(ada, url), expected)
    expectStatus(await ada.patch(`/api/contacts/${id}`, { nickname: 'Zo' }), 200)
    assert.deepEqual(await readJson(ada, url), expected)
  })

  it('is nothing of a contact that has no card', async () => {
    const id = await addContact(ada)
    assert.deepEqual(await readJson(ada, `/api/contacts/${id}/other-properties`), [])
  })

  it('is not there for a contact in the trash', async () => {
    const id = await addContact(ada)
    expectStatus(await ada.delete(`/api/contacts/${id}`), 204)
    expectStatus(await ada.get(`/api/contacts/${id}/other-properties`), 404)
  })
})
