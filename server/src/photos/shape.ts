import { cautious, loadSharp, readable, turnUpright, withPicture } from '../avatars/image.ts'

/** The widths and heights in which photos are shown, in pixels. */
export const sizes = [96, 512] as const
export type Size = (typeof sizes)[number]

// Tried in turn, in pixels of the longer side, until the JPEG is small enough.
const smallerSides = [2048, 1600, 1200, 800, 512, 256]

/**
 * A photo to be shown, as WebP, upright and without metadata: 96 is cut square around the centre,
 * 512 is the whole picture. It is never enlarged.
 * @throws AppError `invalid` for anything but a whole JPEG, PNG or WebP of at most 25 megapixels,
 *   `unavailable` when too many pictures wait
 */
export function shapePhoto(bytes: Uint8Array, size: Size): Promise<Buffer> {
  return withPicture(bytes, async () => turnUpright(await shrink(bytes, size)))
}

/**
 * The same of a photo that came in a card: also of a GIF or TIFF.
 * @throws AppError `invalid` for what cannot be shown, `unavailable`
 */
export function shapeStored(bytes: Uint8Array, size: Size): Promise<Buffer> {
  return withPicture(bytes, async () => turnUpright(await shrink(bytes, size)), readable)
}

/** The picture still lies as the camera was held, and says so in its EXIF. */
async function shrink(bytes: Uint8Array, size: Size): Promise<Buffer> {
  const sharp = await loadSharp()
  const picture = sharp(bytes, cautious)
  const { width, height } = await picture.metadata()
  const side = Math.min(size, width, height)
  const shaped =
    size === 96
      ? picture.resize(side, side, { fit: 'cover', position: 'centre' })
      : picture.resize(size, size, { fit: 'inside', withoutEnlargement: true })
  return shaped.keepExif().png({ compressionLevel: 0 }).toBuffer()
}

/**
 * The same picture as a JPEG of at most so many octets: upright, without metadata, on white.
 * @throws AppError as {@link shapePhoto} does
 */
export function shrinkTo(bytes: Uint8Array, maxOctets: number): Promise<Buffer> {
  return withPicture(bytes, () => jpegOf(bytes, maxOctets))
}

/**
 * The same of a photo that came in a card: also of a GIF or TIFF.
 * @throws AppError as {@link shapeStored} does
 */
export function shrinkStored(bytes: Uint8Array, maxOctets: number): Promise<Buffer> {
  return withPicture(bytes, () => jpegOf(bytes, maxOctets), readable)
}

async function jpegOf(bytes: Uint8Array, maxOctets: number): Promise<Buffer> {
  const sharp = await loadSharp()
  let picture: Uint8Array = bytes
  for (const side of smallerSides) {
    const lying = await sharp(picture, cautious)
      .resize(side, side, { fit: 'inside', withoutEnlargement: true })
      .keepExif()
      .png({ compressionLevel: 0 })
      .toBuffer()
    picture = await sharp(lying, { autoOrient: true })
      .flatten({ background: 'white' })
      .jpeg({ quality: 85 })
      .toBuffer()
    if (picture.length <= maxOctets) break
  }
  return Buffer.from(picture)
}
