import sharp from 'sharp'
import type { BookAccess } from '../contacts/change.ts'
import { createContact } from '../contacts/contacts.ts'
import { sampleContacts } from '../contacts/sample-contacts.ts'
import { inBook, type Author } from '../contacts/store/locked-book.ts'
import type { Ask } from '../db/ask.ts'
import { findOrCreateLabels, type NamedLabel } from '../labels/find-or-create.ts'
import { setPhoto } from '../photos/photos.ts'
import { drawFace } from './face.ts'
import { detailed, sampleLabels, type DetailedSample } from './sample-details.ts'
import { sampleFace } from './sample-face.ts'

// Contacts in one transaction, so that other work need not wait long.
const batchSize = 100
// Faces take some milliseconds each: a huge book need not wait for them.
const maxFaces = 500

/** Adds invented people to a book: with labels, and some with faces. @returns how many */
export async function populate(
  database: BookAccess,
  author: Author,
  count: number,
): Promise<number> {
  const labels = await makeLabels(database, author)
  const samples = sampleContacts(count, Temporal.Now.plainDateISO()).map(detailed)
  const added: Added[] = []
  for (let start = 0; start < samples.length; start += batchSize) {
    await database.transaction(async (write) => {
      const inBatch = { write, transaction: <T>(work: (ask: Ask) => Promise<T>) => work(write) }
      for (const sample of samples.slice(start, start + batchSize)) {
        const label_ids = sample.labels.flatMap((name) => labels.get(name)?.id ?? [])
        const { contact } = await createContact(inBatch, author, { ...sample.contact, label_ids })
        added.push({ id: contact.id, sample })
      }
    })
  }
  await addFaces(database, author, added)
  return added.length
}

function makeLabels(database: BookAccess, author: Author): Promise<Map<string, NamedLabel>> {
  const names = sampleLabels.map(({ name }) => name)
  const colours = new Map(sampleLabels.map(({ name, colour }) => [name, colour]))
  return inBook(database, author, (book) => findOrCreateLabels(book, names, colours))
}

type Added = { id: string; sample: DetailedSample }

async function addFaces(database: BookAccess, author: Author, added: Added[]): Promise<void> {
  const withFaces = added.filter(({ sample }) => sample.hasFace).slice(0, maxFaces)
  // All before the first is stored: with the first photo, libvips is told to read no SVG any more.
  const pictures = await Promise.all(
    withFaces.map(({ sample }, number) =>
      paint(drawFace(sampleFace(sample.contact.first_name ?? null, number))),
    ),
  )
  for (const [at, { id }] of withFaces.entries()) {
    const picture = pictures[at]
    if (picture) await setPhoto(database, author, id, picture)
  }
}

/** As a JPEG, which every phone shows. */
function paint(svg: string): Promise<Buffer> {
  return sharp(Buffer.from(svg)).resize(320, 320).jpeg({ quality: 84 }).toBuffer()
}
