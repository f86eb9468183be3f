import { fileTypeFromBuffer } from 'file-type'
import { changeContact, contactNotFound, type BookAccess } from '../contacts/change.ts'
import type { Edit } from '../contacts/edit.ts'
import type { Author } from '../contacts/store/locked-book.ts'
import type { WholeRow } from '../contacts/store/rows.ts'
import type { OpenDatabase } from '../db/database.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { photoHash } from '../vcard/photo-hash.ts'
import { readPhoto, type Photo } from '../vcard/photo.ts'
import { findCard, findPhotoHash, findShaped, forgetShaped, keepShaped } from './queries.ts'
import { shapePhoto, shapeStored, shrinkTo, type Size } from './shape.ts'

// In octets before base64 and folding, which add a good third: the room that a card has for a photo
// when it holds little else, and when it holds a good deal.
const roomInCard = [700_000, 200_000]

// Types that browsers show and cannot run.
const pictureTypes = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'image/bmp',
  'image/tiff',
])

/**
 * Puts a picture into a contact's card, as it is; where a card has no room for it, a smaller JPEG.
 * @param ifMatch the `If-Match` header
 * @throws AppError `not_found`, `stale`; `invalid` for what is no picture; `too_large` where the card
 *   is full; `unavailable` when too many pictures wait
 */
export async function setPhoto(
  database: BookAccess,
  author: Author,
  id: string,
  bytes: Buffer,
  ifMatch?: string,
): Promise<WholeRow> {
  // Whatever can be made smaller is a picture.
  const shaped = await shapePhoto(bytes, 512)
  const row = await firstThatFits(bytes, async (photo) =>
    changePhoto(database, author, id, photo, ifMatch),
  )
  const hash = row.photo_hash
  const { ownerId } = author
  if (hash !== null) {
    await keepShaped(database.write, ownerId, id, { size: 512, hash, bytes: shaped })
  }
  await forgetShaped(database.write, ownerId, id)
  return row
}

/**
 * Removes the photos from a contact's card, but not the address of a photo elsewhere. A contact without
 * a photo is no error.
 * @throws AppError `not_found`, `stale`
 */
export async function removePhoto(
  database: BookAccess,
  author: Author,
  id: string,
  ifMatch?: string,
) {
  await changePhoto(database, author, id, null, ifMatch)
  await forgetShaped(database.write, author.ownerId, id)
}

/**
 * The hash of a contact's photo.
 * @throws AppError `not_found` also where it has none, or one that stands elsewhere: addresses are
 *   never fetched
 */
export async function readPhotoHash(
  { read }: Pick<OpenDatabase, 'read'>,
  ownerId: string,
  id: string,
): Promise<string> {
  const contact = await findPhotoHash(read, ownerId, id)
  if (!contact) throw contactNotFound()
  if (contact.hash !== null) return contact.hash
  const card = await findCard(read, ownerId, id)
  const isElsewhere = card !== undefined && readPhoto(card)?.kind === 'uri'
  throw isElsewhere
    ? new AppError('not_found', 'photo_elsewhere', 'The card only has the address of a photo.')
    : noPhoto()
}

/**
 * The photo in one of the sizes in which it is shown, made once.
 * @throws AppError `not_found` where it is no picture that can be shown, `unavailable`
 */
export async function readShaped(
  { database, turns }: Pick<Services, 'database' | 'turns'>,
  ownerId: string,
  id: string,
  size: Size,
  hash: string,
): Promise<Buffer> {
  const find = () => findShaped(database.read, ownerId, id, size, hash)
  const bytes = (await find()) ?? (await turns.photos.run(async () => (await find()) ?? make()))
  if (bytes.length > 0) return bytes
  throw new AppError(
    'not_found',
    'photo_unreadable',
    'The photo is no picture that can be made small: only its original can be had.',
  )

  async function make() {
    const original = await readBytes(database, ownerId, id, hash)
    const shaped = await shapeStored(original, size).catch((error: unknown) => {
      // An unreadable photo is remembered as well.
      if (error instanceof AppError && error.kind === 'invalid') return Buffer.alloc(0)
      throw error
    })
    await keepShaped(database.write, ownerId, id, { size, hash, bytes: shaped })
    return shaped
  }
}

/**
 * The photo as the card holds it, with the type of its content: a picture, or just octets.
 * @throws AppError `not_found`, `unavailable`
 */
export async function readOriginal(
  database: Pick<OpenDatabase, 'read'>,
  ownerId: string,
  id: string,
  hash: string,
): Promise<{ bytes: Buffer; mediaType: string }> {
  const bytes = await readBytes(database, ownerId, id, hash)
  const mediaType = await mediaTypeOf(bytes)
  return { bytes, mediaType: pictureTypes.has(mediaType) ? mediaType : 'application/octet-stream' }
}

async function readBytes(
  { read }: Pick<OpenDatabase, 'read'>,
  ownerId: string,
  id: string,
  hash: string,
): Promise<Buffer> {
  const card = await findCard(read, ownerId, id)
  const photo = card === undefined ? null : readPhoto(card)
  if (photo?.kind !== 'bytes') throw noPhoto()
  if (photoHash(photo) === hash) return Buffer.from(photo.bytes)
  // Clients may cache what they get under this hash for ever.
  throw new AppError('unavailable', 'busy', 'The photo is just being changed. Try again.', {
    retryAfterSeconds: 1,
  })
}

function changePhoto(
  database: BookAccess,
  author: Author,
  id: string,
  photo: Photo | null,
  ifMatch: string | undefined,
): Promise<WholeRow> {
  const edit: Edit = ({ contact, labelIds }) => ({ contact, labelIds, photo })
  return changeContact(database, author, id, edit, { ifMatch, operation: 'photo_changed' })
}

/** Writes the picture, or the largest of the smaller ones for which the card has room. */
async function firstThatFits(
  bytes: Buffer,
  write: (photo: Photo) => Promise<WholeRow>,
): Promise<WholeRow> {
  const [room = 0] = roomInCard
  const candidates = [
    ...(bytes.length > room * 1.2 ? [] : [async () => bytes]),
    ...roomInCard.map((maxOctets) => () => shrinkTo(bytes, maxOctets)),
  ]
  for (const candidate of candidates) {
    const picture = await candidate()
    const mediaType = await mediaTypeOf(picture)
    try {
      return await write({ kind: 'bytes', mediaType, bytes: picture })
    } catch (error) {
      if (!isCardFull(error)) throw error
    }
  }
  throw new AppError('too_large', 'card_too_large', 'The card has no room for a photo.')
}

/** The type that the octets show; an animated PNG counts as a PNG. */
async function mediaTypeOf(bytes: Buffer): Promise<string> {
  const type = await fileTypeFromBuffer(bytes)
  return type?.mime.replace('apng', 'png') ?? ''
}

function isCardFull(error: unknown): boolean {
  return error instanceof AppError && error.code === 'card_too_large'
}

function noPhoto(): AppError {
  return new AppError('not_found', 'no_photo', 'The contact has no photo.')
}
