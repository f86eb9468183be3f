import { setTimeout } from 'node:timers/promises'
import { AppError } from '../../errors.ts'

// An import has time: it waits until fewer pictures are being made.
const retryMs = 500

/** Makes a smaller JPEG of the photo of a card; null if it is no picture that can be read. */
export async function shrinkPhoto(bytes: Uint8Array, maxOctets: number): Promise<Buffer | null> {
  // With what tells kinds of pictures apart: few files have a photo that is too large.
  const { shrinkStored } = await import('../../photos/shape.ts')
  for (;;) {
    try {
      return await shrinkStored(bytes, maxOctets)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      if (error.kind !== 'unavailable') return null
      await setTimeout(retryMs)
    }
  }
}
