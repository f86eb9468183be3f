import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { entriesOf, imported } from '../../test/imports.ts'
import { expectStatus, signUp } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'
import { decodeVcard } from '../vcard/lines/decode-vcard.ts'
import { readPhoto } from '../vcard/photo.ts'
import { readCard } from '../vcard/read-card.ts'
import { splitCards } from '../vcard/split-cards.ts'

// Beside the project, not in it: data of other projects to try ours with.
const folder = fileURLToPath(new URL('../../../../shared/fixtures/vcards/', import.meta.url))
const skip = existsSync(folder) ? false : `there is no ${folder}`
const files = skip ? [] : globSync('{exports,conversions}/*', { cwd: folder }).sort()

/** Where a file does not come out as it went in, though its version is the one asked for, and why. */
const different: Record<string, string> = {
  'conversions/v4_0.vcard5.vcf.ref':
    'has pictures as bare base64 in 4.0, which others take for addresses: they come out as data URIs',
  'conversions/vcard9.vcf':
    'is folded within characters, which no text can be: it comes out unfolded',
  'exports/John_Doe_MAC_ADDRESS_BOOK.vcf':
    'has a parameter without a name, which 3.0 forbids: it comes out as ENCODING=b',
}
/** What does not go in, and why. */
const refused: Record<string, string> = {
  'conversions/vcard12.vcf.2_1ref': 'The vCard holds a NUL character, which no text has.',
}

describe('files that other programs wrote', { skip }, async () => {
  const server = await startServer()
  after(() => server[Symbol.asyncDispose]())

  for (const file of files) {
    it(`goes in and comes out without a difference: ${file}`, async () => {
      const owner = await signUp(server)
      const bytes = readFileSync(folder + file)
      const done = await imported(owner, bytes)
      const cards = cardsIn(bytes)
      if (file in refused) {
        assert.equal((await entriesOf(owner, done))[0]?.reason, refused[file])
        return
      }
      assert.deepEqual(
        [done.state, done.created + done.same, done.failed],
        ['done', cards.length, 0],
        JSON.stringify(await entriesOf(owner, done)),
      )
      for (const version of ['3.0', '4.0'] as const) {
        const answer = await owner.get(`/api/export?version=${version}`)
        expectStatus(answer, 200)
        const versions = new Set(cards.map((card) => readCard(card).version))
        if (versions.size === 1 && versions.has(version) && !(file in different)) {
          assert.equal(answer.body, withoutBlanks(bytes.toString()))
        }
        const out = cardsIn(answer.rawPayload)
        assert.equal(out.length, done.created)
        if (out.length !== cards.length) continue
        assert.deepEqual(out.map(saidBy), cards.map(saidBy))
      }
      const again = await imported(owner, bytes)
      assert.deepEqual([again.created, again.updated, again.failed], [0, 0, 0])
      for (const query of ['', '?version=4.0', '?format=csv']) {
        const out = (await owner.get(`/api/export${query}`)).rawPayload
        const back = await imported(owner, out)
        assert.deepEqual([back.created, back.updated, back.failed], [0, 0, 0], query)
      }
    })
  }
})

/** Blank lines behind a card belong to none. */
function withoutBlanks(text: string): string {
  return text.replaceAll(/(?<=^END:VCARD[ \t]*\r*\n)(?:[ \t]*\r*\n)+/gim, '')
}

function cardsIn(bytes: Buffer): string[] {
  return splitCards(decodeVcard(bytes)).flatMap((piece) =>
    piece.kind === 'card' ? [piece.text] : [],
  )
}

function saidBy(card: string) {
  const { contact, categories, uid } = readCard(card)
  return { contact, categories, uid, photo: readPhoto(card) }
}
