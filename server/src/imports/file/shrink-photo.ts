import { setTimeout } from 'node:timers/promises'
import { AppError } from '../../errors.ts'
import { shrinkStored } from '../../photos/shape.ts'

// An import has time: it waits until fewer pictures are being made.
const retryMs = 500

/** Makes a smaller JPEG of the photo of a card; null if it is no picture that can be read. */
export async function shrinkPhoto(bytes: Uint8Array, maxOctets: number): Promise<Buffer | null> {
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
