import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { timeRatio } from '../../test/time-ratio.ts'
import { AppError } from '../errors.ts'
import { toAvatar } from './image.ts'

const red = [255, 0, 0]
const green = [0, 255, 0]
const blue = [0, 0, 255]
const white = [255, 255, 255]

/** A picture whose quarters have these colours: top left, top right, bottom left, bottom right. */
function quarters(colours: number[][], width = 600, height = 600) {
  const pixels = Buffer.from(colours.flat())
  return sharp(pixels, { raw: { width: 2, height: 2, channels: 3 } }).resize(width, height, {
    fit: 'fill',
    kernel: 'nearest',
  })
}

function plain(width: number, height: number) {
  return sharp({
    create: { width, height, channels: 3, background: 'teal' },
    limitInputPixels: false,
  })
}

/** A PNG whose header claims this width and height, with a correct checksum. */
function resized(png: Buffer, size: number) {
  const claiming = Buffer.from(png)
  claiming.writeUInt32BE(size, 16)
  claiming.writeUInt32BE(size, 20)
  claiming.writeUInt32BE(crc32(claiming.subarray(12, 29)), 29)
  return claiming
}

/** The colours in the middle of each quarter of an avatar, rounded to full or none. */
async function coloursOf(avatar: Buffer) {
  const { data, info } = await sharp(avatar)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return [62, 187].flatMap((y) =>
    [62, 187].map((x) => {
      const start = (y * info.width + x) * 3
      return [...data.subarray(start, start + 3)].map((value) => (value > 127 ? 255 : 0))
    }),
  )
}

async function assertRefused(bytes: Buffer | string, sentence: RegExp) {
  await assert.rejects(toAvatar(Buffer.from(bytes)), (error) => {
    assert.ok(error instanceof AppError)
    assert.equal(error.kind, 'invalid')
    assert.equal(error.errors?.[0]?.pointer, '/file')
    assert.match(error.errors[0].detail, sentence)
    return true
  })
}
const notAPicture = /^must be a JPEG, PNG or WebP picture\.$/
const unusable = /^is damaged, or larger than 25 megapixels\.$/

describe('an avatar', () => {
  for (const format of ['jpeg', 'png', 'webp'] as const) {
    it(`is made of ${format}, as 250 × 250 WebP`, async () => {
      const avatar = await toAvatar(await plain(800, 600).toFormat(format).toBuffer())
      const { format: made, width, height } = await sharp(avatar).metadata()
      assert.deepEqual({ made, width, height }, { made: 'webp', width: 250, height: 250 })
    })
  }

  it('is cut around the centre, and enlarged from a small picture', async () => {
    const sides = Buffer.from([...red, ...green, ...green, ...blue])
    const wide = sharp(sides, { raw: { width: 4, height: 1, channels: 3 } })
    const picture = await wide.resize(80, 40, { fit: 'fill', kernel: 'nearest' }).png().toBuffer()
    assert.deepEqual(await coloursOf(await toAvatar(picture)), [green, green, green, green])
  })

  it('keeps what is transparent', async () => {
    const background = { r: 0, g: 0, b: 0, alpha: 0 }
    const clear = sharp({ create: { width: 300, height: 300, channels: 4, background } })
    assert.equal(
      (await sharp(await toAvatar(await clear.png().toBuffer())).stats()).isOpaque,
      false,
    )
  })

  // Exif 2.32, tag 0x0112: how each stored picture is meant to be seen.
  const seen = {
    1: [red, green, blue, white],
    2: [green, red, white, blue],
    3: [white, blue, green, red],
    4: [blue, white, red, green],
    5: [red, blue, green, white],
    6: [blue, red, white, green],
    7: [white, green, blue, red],
    8: [green, white, red, blue],
  }
  for (const format of ['jpeg', 'png', 'webp'] as const) {
    it(`stands upright whichever way the ${format} lies`, async () => {
      for (const [orientation, expected] of Object.entries(seen)) {
        const lying = await quarters([red, green, blue, white])
          .withMetadata({ orientation: Number(orientation) })
          .toFormat(format)
          .toBuffer()
        assert.deepEqual(await coloursOf(await toAvatar(lying)), expected, orientation)
      }
    })
  }

  it('tells nothing of where, by what and by whom the picture was taken', async () => {
    const picture = await plain(300, 300)
      .withExif({
        IFD0: { Copyright: 'Ada Lovelace', Model: 'Camera' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 26/1' },
      })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">Ada Lovelace</x:xmpmeta>')
      .jpeg()
      .toBuffer()
    assert.ok(picture.includes('Ada Lovelace'))

    const avatar = await toAvatar(picture)
    const { exif, xmp, iptc, icc, orientation } = await sharp(avatar).metadata()
    assert.deepEqual([exif, xmp, iptc, icc, orientation], Array(5).fill(undefined))
    assert.ok(!avatar.includes('Ada Lovelace'))
  })

  it('is the first of ten thousand frames', async () => {
    const [width, frames] = [8, 10_000]
    const pixels = Buffer.alloc(width * width * 3 * frames)
    for (const index of pixels.keys()) pixels[index] = Math.floor(index / (width * width * 3)) * 83
    const raw = { width, height: width * frames, channels: 3, pageHeight: width } as const
    const animation = await sharp(pixels, { raw, limitInputPixels: false }).webp().toBuffer()
    assert.equal((await sharp(animation).metadata()).pages, frames)

    const avatar = await toAvatar(animation)
    assert.equal((await sharp(avatar).metadata()).pages, undefined)
    assert.deepEqual((await coloursOf(avatar))[0], [0, 0, 0])
  })

  it('takes about the same time for a line of pixels whether or not it has to be turned', async () => {
    const lineOf = (orientation: number) =>
      plain(10_000, 1).withMetadata({ orientation }).png().toBuffer()
    const [upright, turned] = [await lineOf(1), await lineOf(6)]
    assert.equal((await sharp(await toAvatar(turned)).metadata()).height, 250)
    const ratio = await timeRatio(
      () => toAvatar(turned),
      () => toAvatar(upright),
    )
    // Turned between enlarging and cutting, it would take many hundred times as long.
    assert.ok(ratio < 32, `${ratio} times as long`)
  })
})

describe('what is no avatar', () => {
  it('is refused for its content, whatever it is called', async () => {
    await assertRefused('', notAPicture)
    await assertRefused('<!doctype html><script>alert(1)</script>', notAPicture)
    await assertRefused(
      '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
      notAPicture,
    )
    await assertRefused('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n', notAPicture)
    await assertRefused(await plain(20, 20).gif().toBuffer(), notAPicture)
    await assertRefused(await plain(20, 20).tiff().toBuffer(), notAPicture)
  })

  it('is refused when only its beginning is a picture', async () => {
    const jpeg = await quarters([red, green, blue, white]).jpeg().toBuffer()
    const html = Buffer.from('<html><script>alert(1)</script></html>')
    await assertRefused(Buffer.concat([jpeg.subarray(0, 20), html]), unusable)
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const whole = await quarters([red, green, blue, white]).toFormat(format).toBuffer()
      await assertRefused(whole.subarray(0, whole.length * 0.6), unusable)
    }
  })

  it('is refused above 25 megapixels, and accepted at exactly that', async () => {
    await assertRefused(await plain(5_001, 5_000).jpeg().toBuffer(), unusable)
    await assertRefused(resized(await plain(300, 300).png().toBuffer(), 30_000), unusable)
    await toAvatar(await plain(5_000, 5_000).jpeg().toBuffer())
  })

  it('never reaches a decoder other than those of photos', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    await assert.rejects(sharp(svg).png().toBuffer())
    await assert.rejects(
      sharp(await plain(20, 20).avif().toBuffer())
        .png()
        .toBuffer(),
    )
  })

  it('is refused once too many wait, while those who wait are served', async () => {
    const picture = await plain(300, 300).png().toBuffer()
    const answers = await Promise.allSettled(Array.from({ length: 40 }, () => toAvatar(picture)))
    const refused = answers.filter((answer) => answer.status === 'rejected')
    assert.ok(refused.length >= 18 && refused.length < 20, `${refused.length} were refused`)
    assert.ok(refused.every(({ reason }) => reason instanceof AppError && reason.code === 'busy'))
  })
})
