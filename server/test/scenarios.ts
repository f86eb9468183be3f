import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { renewEpochs } from '../src/changes/queries.ts'
import { removeExpired } from '../src/cleanup.ts'
import { reproject } from '../src/contacts/reproject.ts'
import { openVersion } from '../src/contacts/store/column-versions.ts'
import { columnsVersion } from '../src/contacts/store/columns.ts'
import type { Duplicates } from '../src/duplicates/schema.ts'
import { restartPreview } from '../src/imports/run/run-queries.ts'
import type { Import } from '../src/imports/schema.ts'
import type { Services } from '../src/services.ts'
import { sendBatch } from './batch.ts'
import { addCard, idOf, phoneCard } from './cards.ts'
import { syncContacts } from './dav-scenario.ts'
import { finished, imported } from './imports.ts'
import { expectStatus, signUp, type Person } from './people.ts'
import type { TestServer } from './server.ts'

/** What books go through beyond single calls: each way that a statement of ours is asked. */
export async function runScenarios(server: TestServer): Promise<void> {
  await importGroups(await signUp(server))
  await importChanges(await signUp(server))
  await importTables(await signUp(server))
  await moveAccount(await signUp(server), await signUp(server))
  await breakOffUploads(server, await signUp(server))
  await loseLabels(await signUp(server))
  await mergeAndUndo(await signUp(server))
  await findDuplicates(await signUp(server))
  await changeLargeCard(server, await signUp(server))
  await restoreTwins(server, await signUp(server))
  await editTogether(server, await signUp(server))
  await syncContacts(server)
  await reprojectAll(server.services)
  await removeExpired(server.services.database)
  await renewEpochs(server.services.database.write)
}

/** A group that comes, comes again under another name, goes out, and is taken back. */
async function importGroups(owner: Person) {
  await imported(owner, group('Early', 'e', 'm3'))
  await imported(owner, card('m1', 'One') + card('m2', 'Two') + group('Team', 'g', 'm1', 'm2'))
  const renamed = group('Crew', 'g', 'm1', 'm2', 'm3') + card('m3', 'Three')
  await imported(owner, renamed, { dryRun: true })
  const done = await imported(owner, renamed)
  await exportAll(owner)
  await undo(owner, done)
}

/** Cards of contacts that are there, changed, with new labels; and all of that undone. */
async function importChanges(owner: Person) {
  const first = card('a', 'Ada', 'X-ODD:1') + card('b', 'Bo', 'CATEGORIES:Old') + anonymous('Cy')
  await imported(owner, first)
  await imported(owner, first)
  const changed = first.replace('X-ODD:1', 'X-ODD:2').replace('Old', 'New').replace('Cy', 'Di')
  const done = await imported(owner, changed + card('a', 'Augusta'))
  await undo(owner, done)
}

/** Pages of duplicates, of those that were dismissed, and a number that one more contact has. */
async function findDuplicates(owner: Person) {
  const path = '/api/duplicates'
  const phone = '+49 30 123456'
  for (const first_name of ['Ada', 'Ada', 'Ada', 'Bo', 'Bo']) {
    expectStatus(await owner.post('/api/contacts', { first_name, phone }), 201)
  }
  const [, group] = await pagesOf(owner, path)
  expectStatus(await owner.post(`${path}/${group}/dismiss`), 204)
  const [other] = await pagesOf(owner, path)
  expectStatus(await owner.post(`${path}/${other}/dismiss`), 204)
  await pagesOf(owner, `${path}?dismissed=true`)
  expectStatus(await owner.post('/api/contacts', { first_name: 'Cy', phone }), 201)
  await pagesOf(owner, path)
}

/** The ids of groups, read one by one. */
async function pagesOf(owner: Person, path: string): Promise<string[]> {
  const ids: string[] = []
  let after: string | null = ''
  while (after !== null) {
    const url = new URL(path, 'http://localhost')
    url.searchParams.set('limit', '1')
    if (after) url.searchParams.set('after', after)
    const page: Duplicates = (await owner.get(url.pathname + url.search)).json()
    ids.push(...page.groups.map(({ id }) => id))
    after = page.after
  }
  return ids
}

/** Contacts of one UID that come back from the trash together. */
async function restoreTwins(server: TestServer, owner: Person) {
  for (const _ of [1, 2]) {
    const id = await addCard(server, owner, phoneCard)
    expectStatus(await owner.delete(`/api/contacts/${id}`), 204)
  }
  const trash = (await owner.get('/api/trash')).json<{ id: string }[]>()
  await sendBatch(owner, ...trash.map(({ id }) => ({ operation: 'restore', id })))
}

/** Contacts that are written together, go to the trash together, and come back one by one. */
async function editTogether(server: TestServer, owner: Person) {
  const { id: friends } = (await owner.post('/api/labels', { name: 'Friends' })).json()
  const label_ids = [friends]
  const carded = await addCard(server, owner, phoneCard)
  const { results } = await sendBatch(
    owner,
    { operation: 'create', contact: { first_name: 'Ada', label_ids } },
    { operation: 'create', contact: { first_name: 'Bo' } },
    { operation: 'patch', id: carded, patch: { nickname: 'Changed', label_ids } },
  )
  const ids = results.map(({ contact }) => contact?.id)
  await sendBatch(owner, ...ids.map((id) => ({ operation: 'delete', id })))
  for (const id of ids) expectStatus(await owner.post(`/api/trash/${id}/restore`), 200)
  expectStatus(await owner.patch(`/api/labels/${friends}`, { name: 'Pals' }), 200)
}

/** Rows of contacts that are there, with and without a card. */
async function importTables(owner: Person) {
  const rows = 'Name,E-mail 1 - Value,Labels\r\nAda,ada@example.org,Friends\r\nBo,,\r\n'
  await imported(owner, rows, { name: 'contacts.csv' })
  await imported(owner, rows, { name: 'contacts.csv' })
  // Its character set has to be guessed.
  const western = Buffer.from('First name,Last name\nJörg,Müller\nZoë,Weiß\n', 'latin1')
  await imported(owner, western, { name: 'western.csv' })
  const cards = card('a', 'Ada', 'EMAIL:ada@example.org') + anonymous('Bo')
  await undo(owner, await imported(owner, cards))
}

/** An account with a contact that was changed, and one in the trash, which somebody else imports. */
async function moveAccount(owner: Person, other: Person) {
  const changed = await addPlain(owner)
  expectStatus(await owner.patch(`/api/contacts/${changed}`, { nickname: 'Changed' }), 200)
  expectStatus(await owner.delete(`/api/contacts/${await addPlain(owner)}`), 204)
  const archive = (await owner.get('/api/users/me/export')).rawPayload
  await imported(other, archive, { dryRun: true })
  await imported(other, archive)
}

/** A form that ends in what is no file of contacts, and a preview that was interrupted. */
async function breakOffUploads({ services }: TestServer, owner: Person) {
  const form = new FormData()
  form.set('file', new Blob([card('a', 'Ada')]), 'contacts.vcf')
  form.set('other', new Blob([card('b', 'Bo')]), 'others.vcf')
  const { headers, body } = new Response(form)
  const type = { 'content-type': headers.get('content-type') ?? '' }
  await owner.post('/api/imports', Buffer.from(await new Response(body).arrayBuffer()), type)
  const { id: importId } = await imported(owner, card('a', 'Ada'), { dryRun: true })
  await restartPreview(services.database.write, { ownerId: await idOf(owner), importId })
}

/** Contacts get labels back that were deleted, alone and together with them. */
async function loseLabels(owner: Person) {
  await imported(owner, card('a', 'Ada', 'CATEGORIES:Friends,Family'))
  const [{ id }] = (await owner.get('/api/contacts')).json()
  const labels = (await owner.get('/api/labels')).json()
  const [friends, family] = labels.map((label: { id: string }) => `/api/labels/${label.id}`)
  expectStatus(await owner.delete(friends), 204)
  const history = (await owner.get(`/api/contacts/${id}/history`)).json()
  const { revision } = history.at(-1)
  expectStatus(await owner.post(`/api/contacts/${id}/history/${revision}/restore`), 200)
  expectStatus(await owner.delete(`${family}?contacts=trash`), 204)
  expectStatus(await owner.post(`/api/trash/${id}/restore`), 200)
}

/** Contacts with cards are merged, and come back although the trash was emptied. */
async function mergeAndUndo(owner: Person) {
  await imported(owner, card('a', 'Ada', 'CATEGORIES:Friends') + card('b', 'Bo') + anonymous('Cy'))
  const [into, ...others] = (await owner.get('/api/contacts')).json()
  const ids = others.map(({ id }: { id: string }) => id)
  const merged = await owner.post('/api/contacts/merge', { into: into.id, ids })
  expectStatus(merged, 200)
  expectStatus(await owner.delete('/api/trash'), 204)
  expectStatus(await owner.post(`/api/merges/${merged.json().merge_id}/undo`), 200)
}

/** A card too large to be read with others, and a contact that has none again. */
async function changeLargeCard(server: TestServer, owner: Person) {
  const photo = await noise()
  const ids = [await addCard(server, owner, phoneCard), await addPlain(owner)]
  for (const id of ids) {
    const [path, type] = [`/api/contacts/${id}`, { 'content-type': 'image/jpeg' }]
    expectStatus(await owner.put(`${path}/photo`, photo, type), 200)
    expectStatus(await owner.get(`${path}/photo`), 200)
    expectStatus(await owner.patch(path, { nickname: 'Changed' }), 200)
    const history = (await owner.get(`${path}/history`)).json()
    const { revision } = history.at(-1)
    await exportAll(owner)
    expectStatus(await owner.post(`${path}/history/${revision}/restore`), 200)
  }
}

/** All contacts get the columns of a version to come. */
async function reprojectAll(services: Services) {
  const version = columnsVersion + 1
  await openVersion(services.database.write, version)
  await reproject(services, version, new AbortController().signal)
}

async function exportAll(owner: Person) {
  const labels = (await owner.get('/api/labels')).json()
  const some = labels.map(({ id }: { id: string }) => `&label=${id}`)
  for (const format of ['vcf', 'csv', 'json']) {
    for (const label of ['', ...some]) {
      expectStatus(await owner.get(`/api/export?format=${format}${label}`), 200)
    }
  }
  expectStatus(await owner.get('/api/users/me/export'), 200)
}

async function undo(owner: Person, { id }: Import) {
  await finished(owner, await owner.delete(`/api/imports/${id}`))
}

async function addPlain(owner: Person): Promise<string> {
  const answer = await owner.post('/api/contacts', { first_name: 'Grace' })
  expectStatus(answer, 201)
  return answer.json().id
}

/** A JPEG of some 40 kB, always the same: what a hash gives cannot be compressed. */
function noise(): Promise<Buffer> {
  const [width, height] = [160, 160]
  const raw = { width, height, channels: 3 } as const
  const pixels = createHash('shake256', { outputLength: width * height * 3 }).digest()
  return sharp(pixels, { raw }).jpeg({ quality: 95 }).toBuffer()
}

function card(uid: string, name: string, ...lines: string[]): string {
  return anonymous(name, `UID:${uid}`, ...lines)
}

/** One whose UID nobody knows, as it has none. */
function anonymous(name: string, ...lines: string[]): string {
  return ['BEGIN:VCARD', 'VERSION:3.0', `FN:${name}`, ...lines, 'END:VCARD', ''].join('\r\n')
}

function group(name: string, uid: string, ...members: string[]): string {
  const lines = members.map((member) => `X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:${member}`)
  return card(uid, name, `N:${name}`, 'X-ADDRESSBOOKSERVER-KIND:group', ...lines)
}
