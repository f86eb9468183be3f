import { pingCloudinary } from '../../avatars/cloudinary.ts'
import type { Config } from '../../config.ts'
import { findingsOf, reasonOf, type Finding } from './finding.ts'

const { ok, problem } = findingsOf('Pictures')

/** Whether Cloudinary knows the account. */
export async function checkCloudinary({ cloudinaryUrl }: Config): Promise<Finding[]> {
  if (!cloudinaryUrl) return [ok('files in the data folder')]
  try {
    await pingCloudinary(cloudinaryUrl)
    return [ok('Cloudinary lets us in')]
  } catch (error) {
    const advice = 'see whether CLOUDINARY_URL has the right key, secret and name'
    return [problem(`Cloudinary does not let us in: ${reasonOf(error)}`, advice)]
  }
}
