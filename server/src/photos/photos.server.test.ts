import assert from 'node:assert/strict'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { addCard, cardOf, cardWith, changedLines, phoneCard } from '../../test/cards.ts'
import { addContact, readContact } from '../../test/contacts.ts'
import { expectStatus, signUp, type Answer, type Person } from '../../test/people.ts'
import { expectProblem, expectRefused } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'
import { maxUploadSize } from '../avatars/upload.ts'
import { readPhoto } from '../vcard/photo.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

type Format = 'jpeg' | 'png' | 'webp'

const picture = (width = 800, height = 600, format: Format = 'jpeg') =>
  sharp({ create: { width, height, channels: 3, background: 'teal' } })
    .toFormat(format)
    .toBuffer()

/** A picture of random pixels, which hardly compresses. */
const noise = (width: number, height: number, quality = 90) =>
  sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer()

const pathOf = (id: string) => `/api/contacts/${id}/photo`

const put = (person: Person, id: string, bytes: Buffer, type = 'image/jpeg') =>
  person.put(pathOf(id), bytes, { 'content-type': type })

async function putForm(person: Person, id: string, parts: Record<string, Blob | string>) {
  const form = new FormData()
  for (const [name, value] of Object.entries(parts)) form.append(name, value)
  const body = new Response(form)
  const headers = { 'content-type': body.headers.get('content-type') ?? '' }
  return person.put(pathOf(id), Buffer.from(await body.arrayBuffer()), headers)
}

async function shownAs(answer: Answer) {
  expectStatus(answer, 200)
  const { format, width, height } = await sharp(answer.rawPayload).metadata()
  return [format, width, height]
}

const photoIn = async (id: string) => {
  const photo = readPhoto((await cardOf(server, id)) ?? '')
  return photo?.kind === 'bytes' ? Buffer.from(photo.bytes) : null
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** A card with this photo, written as a version writes it. */
function cardWithPhoto(photo: Buffer, version: '2.1' | '3.0' | '4.0', type = 'JPEG'): string {
  const base64 = photo.toString('base64')
  const fold = (line: string) => line.replaceAll(/(.{74})(?=.)/g, '$1\r\n ')
  const lines = {
    '2.1': `PHOTO;${type};ENCODING=BASE64:\r\n ${base64.replaceAll(/(.{72})(?=.)/g, '$1\r\n ')}\r\n`,
    '3.0': fold(`PHOTO;ENCODING=b;TYPE=${type}:${base64}`),
    '4.0': fold(`PHOTO:data:image/${type.toLowerCase()};base64,${base64}`),
  }
  return cardWithLine(lines[version], version)
}

const cardWithLine = (line: string, version: '2.1' | '3.0' | '4.0' = '3.0') =>
  cardWith(version, 'N:Hopper;Grace;;;', 'FN:Grace Hopper', line)

describe('giving a contact a photo', () => {
  it('puts the bytes as they are into its card, and shows where it is', async () => {
    const ada = await signUp(server)
    const id = await addContact(ada)
    const bytes = await picture()
    const answer = await put(ada, id, bytes)
    expectStatus(answer, 200)
    const contact = answer.json()
    const hash = sha256(bytes)
    assert.equal(contact.photo, `${pathOf(id)}?v=${hash.slice(0, 16)}`)
    assert.deepEqual(contact, await readContact(ada, id))
    assert.deepEqual(await photoIn(id), bytes)
    assert.deepEqual(await shownAs(await ada.get(contact.photo)), ['webp', 512, 384])
    const original = await ada.get(`${contact.photo}&size=original`)
    assert.deepEqual(original.rawPayload, bytes)
    assert.equal(original.headers['content-type'], 'image/jpeg')
    assert.equal(original.headers['x-content-type-options'], 'nosniff')
  })

  it('changes one line of a card that a phone wrote', async () => {
    const ada = await signUp(server)
    const id = await addCard(server, ada, phoneCard)
    for (const background of ['red', 'green']) {
      const create = { width: 20, height: 20, channels: 3, background } as const
      const bytes = await sharp({ create }).png().toBuffer()
      expectStatus(await put(ada, id, bytes, 'image/png'), 200)
      const { gone, come } = changedLines(phoneCard, (await cardOf(server, id)) ?? '')
      assert.deepEqual(gone, [])
      assert.match(come[0] ?? '', /^PHOTO;ENCODING=b;TYPE=PNG:/)
      assert.ok(come.slice(1).every((line) => line.startsWith(' ')))
      assert.deepEqual(await photoIn(id), bytes)
    }
    expectStatus(await ada.delete(pathOf(id)), 204)
    assert.deepEqual(changedLines(phoneCard, (await cardOf(server, id)) ?? ''), {
      gone: [],
      come: [],
    })
  })

  it('takes a form or the picture itself, by what it is and not by what it is called', async () => {
    const ada = await signUp(server)
    const id = await addContact(ada)
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const bytes = await picture(30, 20, format)
      const file = new Blob([new Uint8Array(bytes)], { type: 'text/html' })
      for (const answer of [await putForm(ada, id, { file }), await put(ada, id, bytes)]) {
        expectStatus(answer, 200)
        const original = await ada.get(`${pathOf(id)}?size=original`)
        assert.deepEqual(original.rawPayload, bytes)
        assert.equal(original.headers['content-type'], `image/${format}`)
      }
    }
  })

  it('is refused for what is no picture, or is damaged or too large', async () => {
    const ada = await signUp(server)
    const id = await addContact(ada)
    const whole = await picture(400, 300)
    const tall = Buffer.from(await picture(10, 10, 'png'))
    tall.writeUInt32BE(5_001, 16)
    tall.writeUInt32BE(5_000, 20)
    tall.writeUInt32BE(crc32(tall.subarray(12, 29)), 29)
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    const refused = [svg, 'GIF89a\u0001', '', whole.subarray(0, 600), tall, randomBytes(2_000)]
    for (const bytes of refused) {
      expectRefused(await put(ada, id, Buffer.from(bytes)), '/file')
    }
    expectRefused(await putForm(ada, id, {}), '/file')
    expectRefused(await putForm(ada, id, { picture: new Blob(['x']) }), '/file')
    expectProblem(await put(ada, id, Buffer.alloc(maxUploadSize + 1)), 413, 'too_large')
    const large = new Blob([new Uint8Array(maxUploadSize + 1)])
    expectProblem(await putForm(ada, id, { file: large }), 413, 'too_large')
    for (const type of ['image/svg+xml', 'image/heic', 'text/plain', 'application/json']) {
      expectProblem(await put(ada, id, Buffer.from('{}'), type), 415, 'unsupported_media_type')
    }
    assert.equal((await readContact(ada, id)).photo, null)
    expectRefused(await put(ada, 'x', whole), '/id')
  })

  it('puts a smaller JPEG where the card has no room', async () => {
    const ada = await signUp(server)
    const id = await addContact(ada)
    const huge = await noise(1_900, 1_300)
    assert.ok(huge.length > 2_000_000 && huge.length < maxUploadSize, `${huge.length}`)
    expectStatus(await put(ada, id, huge), 200)
    const kept = await photoIn(id)
    assert.ok(kept && kept.length < 760_000)
    assert.equal((await sharp(kept).metadata()).format, 'jpeg')
    assert.ok(Buffer.byteLength((await cardOf(server, id)) ?? '') <= 1024 * 1024)
    expectStatus(await ada.get(`${pathOf(id)}?size=96`), 200)

    // The largest that fits goes in as it is.
    const fitting = await noise(800, 600, 95)
    assert.ok(fitting.length > 300_000 && fitting.length < 740_000, `${fitting.length}`)
    expectStatus(await put(ada, id, fitting), 200)
    assert.deepEqual(await photoIn(id), fitting)
  })

  it('says so where the card has no room for any', async () => {
    const ada = await signUp(server)
    const full = cardWithLine(`X-LARGE:${'x'.repeat(1024 * 1024 - 20_000)}`)
    const id = await addCard(server, ada, full)
    expectProblem(await put(ada, id, await noise(600, 600)), 413, 'card_too_large')
    assert.equal(await cardOf(server, id), full)
  })

  it('heeds If-Match, and keeps what was before in the history', async () => {
    const ada = await signUp(server)
    const id = await addContact(ada)
    const bytes = await picture(20, 20)
    const stale = { 'content-type': 'image/jpeg', 'if-match': '"m0"' }
    expectProblem(await ada.put(pathOf(id), bytes, stale), 412, 'stale')
    const answer = await put(ada, id, bytes)
    expectProblem(await ada.delete(pathOf(id), undefined, { 'if-match': '"m0"' }), 412, 'stale')
    const etag = String(answer.headers['etag'])
    expectStatus(await ada.delete(pathOf(id), undefined, { 'if-match': etag }), 204)
    const { rows } = await server.services.database.pool.query(
      `select operation, card is not null as carded from contact_revisions
      where contact_id = $1 order by modseq`,
      [id],
    )
    assert.deepEqual(rows, [
      { operation: 'photo_changed', carded: false },
      { operation: 'photo_changed', carded: true },
    ])
  })
})

describe('a photo', () => {
  it('is shown of any version of card', async () => {
    const ada = await signUp(server)
    for (const version of ['2.1', '3.0', '4.0'] as const) {
      for (const format of ['jpeg', 'png', 'webp'] as const) {
        const bytes = await picture(200, 100, format)
        const id = await addCard(server, ada, cardWithPhoto(bytes, version, format.toUpperCase()))
        const { photo } = await readContact(ada, id)
        assert.equal(photo, `${pathOf(id)}?v=${sha256(bytes).slice(0, 16)}`)
        assert.deepEqual(await shownAs(await ada.get(`${photo}&size=96`)), ['webp', 96, 96])
        assert.deepEqual(await shownAs(await ada.get(photo)), ['webp', 200, 100])
        const original = await ada.get(`${photo}&size=original`)
        assert.deepEqual(original.rawPayload, bytes)
        assert.equal(original.headers['content-type'], `image/${format}`)
      }
    }
  })

  it('is never enlarged, and stands upright', async () => {
    const ada = await signUp(server)
    const id = await addContact(ada)
    await put(ada, id, await picture(40, 90))
    assert.deepEqual(await shownAs(await ada.get(`${pathOf(id)}?size=96`)), ['webp', 40, 40])
    assert.deepEqual(await shownAs(await ada.get(pathOf(id))), ['webp', 40, 90])
    await put(ada, id, await picture(5_000, 1, 'png'), 'image/png')
    assert.deepEqual(await shownAs(await ada.get(`${pathOf(id)}?size=96`)), ['webp', 1, 1])
    assert.deepEqual(await shownAs(await ada.get(pathOf(id))), ['webp', 512, 1])
    const lying = await sharp(await picture(600, 300))
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    await put(ada, id, lying)
    assert.deepEqual(await shownAs(await ada.get(pathOf(id))), ['webp', 256, 512])
    const { exif } = await sharp((await ada.get(pathOf(id))).rawPayload).metadata()
    assert.equal(exif, undefined)
  })

  it('is kept by who has it, for a year under its own address', async () => {
    const ada = await signUp(server)
    const id = await addContact(ada)
    const { photo } = (await put(ada, id, await picture())).json()
    const tags = new Set<string>()
    for (const size of ['', '&size=96', '&size=512', '&size=original']) {
      const { headers } = await ada.get(photo + size)
      assert.equal(headers['cache-control'], 'private, max-age=31536000, immutable')
      const etag = String(headers['etag'])
      assert.match(etag, /^"[\w-]+"$/)
      tags.add(etag)
      const again = await ada.get(photo + size, { 'if-none-match': etag })
      expectStatus(again, 304)
      assert.equal(again.body, '')
      assert.equal(again.headers['etag'], etag)
    }
    assert.equal(tags.size, 3)
    for (const query of ['', '?v=0000000000000000', '?v=']) {
      const { headers } = await ada.get(pathOf(id) + query)
      assert.equal(headers['cache-control'], 'private, no-cache')
    }
    const etag = String((await ada.get(pathOf(id))).headers['etag'])
    await put(ada, id, await picture(50, 50))
    expectStatus(await ada.get(pathOf(id), { 'if-none-match': etag }), 200)
  })

  it('is made small once, however many ask at once', async () => {
    const ada = await signUp(server)
    const id = await addCard(server, ada, cardWithPhoto(await picture(1_000, 1_000), '3.0'))
    const made = () =>
      server.services.database.pool.query(
        'select size, hash, xmin from contact_photos where contact_id = $1 order by size',
        [id],
      )
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => ada.get(`${pathOf(id)}?size=96`)),
    )
    for (const answer of answers) expectStatus(answer, 200)
    const first = await made()
    assert.deepEqual(
      first.rows.map(({ size }) => size),
      [96],
    )
    expectStatus(await ada.get(`${pathOf(id)}?size=96`), 200)
    assert.deepEqual((await made()).rows, first.rows)
  })

  it('that is no picture is only given as the octets that it is', async () => {
    const ada = await signUp(server)
    const bmp = Buffer.from(`424d3a${'00'.repeat(7)}36000000280000000100000001`, 'hex')
    const cases: [Buffer, string][] = [
      [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'application/octet-stream'],
      [Buffer.from('<html><script>alert(1)</script>'), 'application/octet-stream'],
      [(await picture()).subarray(0, 700), 'image/jpeg'],
      [bmp, 'image/bmp'],
    ]
    for (const [bytes, type] of cases) {
      const id = await addCard(server, ada, cardWithPhoto(bytes, '3.0', 'SVG+XML'))
      for (const size of ['96', '512', '96']) {
        const answer = await ada.get(`${pathOf(id)}?size=${size}`)
        expectProblem(answer, 404, 'photo_unreadable')
        assert.ok(!('etag' in answer.headers))
      }
      const answer = await ada.get(`${pathOf(id)}?size=original`)
      assert.deepEqual(answer.rawPayload, bytes)
      assert.equal(answer.headers['content-type'], type)
      assert.match(String(answer.headers['content-security-policy']), /default-src 'none'/)
      const isOpened = answer.headers['content-disposition'] !== 'attachment'
      assert.equal(isOpened, type.startsWith('image/'))
    }
  })

  it('of which the card only has the address is never fetched', async () => {
    const ada = await signUp(server)
    for (const line of [
      'PHOTO;VALUE=uri:http://127.0.0.1:1/me.jpg',
      'PHOTO:https://example.org/me.jpg',
      'PHOTO;VALUE=URL:file:///etc/passwd',
    ]) {
      const id = await addCard(server, ada, cardWithLine(line))
      assert.equal((await readContact(ada, id)).photo, null)
      for (const size of ['96', '512', 'original']) {
        expectProblem(await ada.get(`${pathOf(id)}?size=${size}`), 404, 'photo_elsewhere')
      }
      assert.ok((await cardOf(server, id))?.includes(line))
    }
  })

  it('that is not there is 404, and no longer there after it was removed', async () => {
    const ada = await signUp(server)
    const id = await addContact(ada)
    expectProblem(await ada.get(pathOf(id)), 404, 'no_photo')
    expectProblem(await ada.get(pathOf(randomUUID())), 404, 'not_found')
    await put(ada, id, await picture(50, 50))
    for (let time = 0; time < 2; time++) {
      assert.equal((await ada.delete(pathOf(id))).statusCode, 204)
      expectProblem(await ada.get(pathOf(id)), 404, 'no_photo')
    }
    const { rows } = await server.services.database.pool.query(
      'select 1 from contact_photos where contact_id = $1',
      [id],
    )
    assert.deepEqual(rows, [])
    expectRefused(await ada.get(`${pathOf(id)}?size=97`), '/size')
    await ada.delete(`/api/contacts/${id}`)
    expectProblem(await ada.get(pathOf(id)), 404, 'not_found')
    expectProblem(await put(ada, id, await picture(5, 5)), 404, 'not_found')
  })

  it('is nobody else’s', async () => {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    const id = await addContact(ada)
    const bytes = await picture(50, 50)
    await put(ada, id, bytes)
    expectProblem(await eve.get(pathOf(id)), 404, 'not_found')
    expectProblem(await put(eve, id, bytes), 404, 'not_found')
    expectProblem(await eve.delete(pathOf(id)), 404, 'not_found')
    assert.deepEqual(await photoIn(id), bytes)
    expectProblem(await server.inject(pathOf(id)), 401, 'not_authenticated')
  })
})
