import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import sharp from 'sharp'
import { addCard, cardOf, cardWith } from '../../test/cards.ts'
import { createContact, readContact } from '../../test/contacts.ts'
import { expectStatus, signUp, type Answer } from '../../test/people.ts'
import { expectProblem } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'
import type { ContactAnswer } from '../contacts/schema.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

const picture = (width: number, height: number, format: 'jpeg' | 'gif' | 'tiff' = 'jpeg') =>
  sharp({ create: { width, height, channels: 3, background: 'teal' } })
    .toFormat(format)
    .toBuffer()

const pathOf = (id: string) => `/api/contacts/${id}/photo`

const namedCard = (...lines: string[]) => cardWith('3.0', 'N:B;A;;;', 'FN:A B', ...lines)

const lineOf = (photo: Buffer) => `PHOTO;ENCODING=b:${photo.toString('base64')}`

async function shownAs(answer: Answer) {
  expectStatus(answer, 200)
  const { format, width, height } = await sharp(answer.rawPayload).metadata()
  return [format, width, height]
}

describe('the photo in a card', () => {
  it('is shown also where it is a GIF or TIFF', async () => {
    const ada = await signUp(server)
    for (const format of ['gif', 'tiff'] as const) {
      const bytes = await picture(300, 200, format)
      const id = await addCard(server, ada, namedCard(lineOf(bytes)))
      const photo = String((await readContact(ada, id)).photo)
      assert.deepEqual(await shownAs(await ada.get(`${photo}&size=96`)), ['webp', 96, 96])
      assert.deepEqual(await shownAs(await ada.get(photo)), ['webp', 300, 200])
      const original = await ada.get(`${photo}&size=original`)
      assert.deepEqual(original.rawPayload, bytes)
      assert.equal(original.headers['content-type'], `image/${format}`)
    }
  })

  it('is none where it is damaged', async () => {
    const ada = await signUp(server)
    const id = await addCard(server, ada, namedCard('PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AA%$Qkw'))
    assert.equal((await readContact(ada, id)).photo, null)
    expectProblem(await ada.get(pathOf(id)), 404, 'no_photo')
  })

  it('that the card holds stands before the address of another, which is never deleted', async () => {
    const ada = await signUp(server)
    const address = 'PHOTO;VALUE=uri:http://127.0.0.1:1/me.jpg'
    const id = await addCard(server, ada, namedCard(address, lineOf(await picture(30, 20))))
    assert.deepEqual(await shownAs(await ada.get(pathOf(id))), ['webp', 30, 20])
    for (let time = 0; time < 2; time++) {
      expectStatus(await ada.delete(pathOf(id)), 204)
      expectProblem(await ada.get(pathOf(id)), 404, 'photo_elsewhere')
      assert.ok((await cardOf(server, id))?.includes(address))
    }
  })

  it('changes nothing else of a contact that never was a card', async () => {
    const ada = await signUp(server)
    const fields = {
      first_name: 'Ada',
      phone: ' 12 ',
      additional_data: ' two\r\n lines ',
      birthday: '1604-05-05',
    }
    const lasting = (contact: ContactAnswer) => {
      const { photo: _photo, revision: _revision, updated_at: _changed, ...rest } = contact
      return rest
    }
    const before = lasting(await createContact(ada, fields))
    const type = { 'content-type': 'image/jpeg' }
    expectStatus(await ada.put(pathOf(before.id), await picture(20, 20), type), 200)
    const shown = async () => lasting(await readContact(ada, before.id))
    assert.deepEqual(await shown(), before)
    await ada.patch(`/api/contacts/${before.id}`, { nickname: 'Countess' })
    assert.deepEqual(await shown(), { ...before, nickname: 'Countess' })
    const card = await cardOf(server, before.id)
    assert.match(card ?? '', /\r\nTEL:12\r\n/)
    assert.match(card ?? '', /\r\nBDAY;X-APPLE-OMIT-YEAR=0001:1604-05-05\r\n/)
  })
})
