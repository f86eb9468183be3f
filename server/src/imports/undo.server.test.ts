import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { cardWith } from '../../test/cards.ts'
import { contactsOf, firstContactOf, trashOf } from '../../test/contacts.ts'
import { finished, imported, importFile } from '../../test/imports.ts'
import { claimsOf } from '../../test/jwt.ts'
import { labelNamesOf } from '../../test/labels.ts'
import { expectStatus, signUp } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

const card = (uid: string, name: string, ...lines: string[]) =>
  cardWith('3.0', `UID:${uid}`, `FN:${name}`, ...lines)

describe('DELETE /api/imports/{id}', () => {
  it('moves what was added to the trash, and gives others back what they were', async () => {
    const owner = await signUp(server)
    const before = card('a', 'Ada', 'X-ODD:1') + card('b', 'Bo', 'CATEGORIES:Old')
    await imported(owner, before)
    const added = card('c', 'Cy', 'CATEGORIES:New')
    const done = await imported(
      owner,
      before.replace('X-ODD:1', 'X-ODD:2').replace('Old', 'New') + added,
    )
    assert.deepEqual([done.created, done.updated], [1, 2])

    const answer = await owner.delete(`/api/imports/${done.id}`)
    expectStatus(answer, 202)
    assert.ok(['undoing', 'undone'].includes(answer.json().state))
    const undone = await finished(owner, answer)
    assert.deepEqual([undone.state, undone.kept], ['undone', 0])
    assert.equal((await owner.get('/api/export')).body, before)
    const trash = await trashOf(owner)
    assert.deepEqual(
      trash.map((one) => one.first_name),
      ['Cy'],
    )
    assert.deepEqual(await labelNamesOf(owner), ['Old'])
    expectStatus(await owner.delete(`/api/imports/${done.id}`), 202)
    expectStatus(await owner.post(`/api/trash/${trash[0]?.id}/restore`), 200)
  })

  it('leaves alone what was changed since, and says how much', async () => {
    const owner = await signUp(server)
    await imported(owner, card('a', 'Ada'))
    const done = await imported(owner, card('a', 'Augusta') + card('b', 'Bo') + card('c', 'Cy'))
    const contacts = await contactsOf(owner)
    for (const name of ['Augusta', 'Bo']) {
      const contact = contacts.find((one) => one.first_name === name)
      expectStatus(await owner.patch(`/api/contacts/${contact?.id}`, { nickname: 'mine' }), 200)
    }
    const undone = await finished(owner, await owner.delete(`/api/imports/${done.id}`))
    assert.deepEqual([undone.state, undone.kept], ['undone', 2])
    const names = (await contactsOf(owner)).map((one) => one.first_name)
    assert.deepEqual(names, ['Augusta', 'Bo'])
  })

  it('counts what it changed and was deleted since, and leaves it in the trash', async () => {
    const owner = await signUp(server)
    await imported(owner, card('a', 'Ada'))
    const done = await imported(owner, card('a', 'Augusta'))
    const { id } = await firstContactOf(owner)
    expectStatus(await owner.delete(`/api/contacts/${id}`), 204)
    const undone = await finished(owner, await owner.delete(`/api/imports/${done.id}`))
    assert.deepEqual([undone.state, undone.kept], ['undone', 1])
    assert.deepEqual(await contactsOf(owner), [])
  })

  it('undoes what a file says twice of one contact', async () => {
    const owner = await signUp(server)
    await imported(owner, card('a', 'Ada'))
    const done = await imported(
      owner,
      card('a', 'Second') + card('a', 'Third') + card('n', 'New') + card('n', 'Newer'),
    )
    assert.deepEqual([done.created, done.updated], [3, 1])
    const undone = await finished(owner, await owner.delete(`/api/imports/${done.id}`))
    assert.equal(undone.kept, 0)
    assert.equal((await owner.get('/api/export')).body, card('a', 'Ada'))
  })

  it('cancels one that is waiting or running', async () => {
    const owner = await signUp(server)
    const many = Array.from({ length: 3_000 }, (_, at) => card(`u${at}`, `Person ${at}`)).join('')
    const first = await importFile(owner, many)
    const second = await importFile(owner, card('x', 'Next in line'))
    for (const answer of [first, second]) {
      expectStatus(answer, 202)
      expectStatus(await owner.delete(`/api/imports/${answer.json().id}`), 202)
    }
    for (const answer of [first, second]) {
      assert.equal((await finished(owner, answer, 60_000)).state, 'undone')
    }
    assert.deepEqual(await contactsOf(owner), [])
    const { rows } = await server.services.database.pool.query(
      `select (select count(*) from import_files where owner_id = $1)
        + (select count(*) from import_changes where owner_id = $1) as left`,
      [claimsOf(owner.tokens.access_token)['sub']],
    )
    assert.equal(Number(rows[0].left), 0)
  })
})
