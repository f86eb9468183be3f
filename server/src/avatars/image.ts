import { availableParallelism } from 'node:os'
import { fileTypeFromBuffer } from 'file-type'
import { invalidField } from '../errors.ts'
import { createSemaphore } from '../limits/semaphore.ts'

/** The width and height of every avatar, in pixels. */
const avatarSize = 250

/** What may be sent as a picture. */
const uploaded: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/apng',
  'image/webp',
])

/** What can be opened besides, where it stands in a card already. */
export const readable: ReadonlySet<string> = new Set([...uploaded, 'image/gif', 'image/tiff'])

// An open picture can take 200 MB (25 megapixels of 16-bit RGBA) and two seconds of a core. Two at
// once at most, each on one thread, and nothing kept for a next time: memory stays flat, and where
// there are several cores one is left for everybody else.
const concurrency = availableParallelism() > 2 ? 2 : 1
const slots = createSemaphore({ concurrency, maxQueue: 20 })

const decoders = [
  'VipsForeignLoadJpegBuffer',
  'VipsForeignLoadPngBuffer',
  'VipsForeignLoadWebpBuffer',
  'VipsForeignLoadNsgifBuffer',
  'VipsForeignLoadTiffBuffer',
]

/**
 * libvips, loaded with the first picture. It would also read SVG, PDF and more: only these decoders
 * can be reached, whatever comes.
 */
export async function loadSharp() {
  const { default: sharp } = await import('sharp')
  sharp.concurrency(1)
  sharp.cache(false)
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: decoders })
  return sharp
}

/**
 * Makes an avatar of a picture that a stranger sent: the first frame, turned upright, cut square
 * around its centre, 250 × 250 WebP. Nothing of the original's metadata is left.
 * @throws AppError `invalid` for anything but a whole JPEG, PNG or WebP of at most 25 megapixels,
 *   `unavailable` when too many pictures wait
 */
export function toAvatar(bytes: Buffer): Promise<Buffer> {
  return withPicture(bytes, async () => turnUpright(await cutSquare(bytes)))
}

/**
 * Runs `work` on a picture that a stranger sent, or a stranger's program, once there is room for it.
 * What `work` cannot read counts as damaged.
 * @param types of the pictures that it takes
 * @throws AppError `invalid`, `unavailable`, as {@link toAvatar} does
 */
export function withPicture<T>(
  bytes: Uint8Array,
  work: () => Promise<T>,
  types = uploaded,
): Promise<T> {
  return slots.run(async () => {
    // What a file is called or declared to be says nothing; only its content counts.
    const type = await fileTypeFromBuffer(bytes)
    if (!type || !types.has(type.mime)) {
      throw invalidField('/file', 'must be a JPEG, PNG or WebP picture.')
    }
    try {
      return await work()
    } catch {
      throw invalidField('/file', 'is damaged, or larger than 25 megapixels.')
    }
  })
}

/** For whatever comes from outside: whole pictures only, their first frame, 25 megapixels. */
export const cautious = { failOn: 'error', limitInputPixels: 25e6, pages: 1 } as const

/** The square still lies as the camera was held, and says so in its EXIF. */
async function cutSquare(bytes: Buffer): Promise<Buffer> {
  const sharp = await loadSharp()
  return sharp(bytes, cautious)
    .resize(avatarSize, avatarSize, { fit: 'cover', position: 'centre' })
    .keepExif()
    .png({ compressionLevel: 0 })
    .toBuffer()
}

/**
 * A step of its own: done together with the cut, a picture of 10 000 × 1 pixels is turned after
 * being enlarged and before being cut, which takes half a minute.
 */
export async function turnUpright(square: Buffer): Promise<Buffer> {
  const sharp = await loadSharp()
  return sharp(square, { autoOrient: true }).webp({ quality: 82 }).toBuffer()
}
