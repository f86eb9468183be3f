import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { UploadApiOptions } from 'cloudinary'
import { AppError } from '../errors.ts'
import type { AvatarStorage } from './storage.ts'

type Options = UploadApiOptions & { resource_type: 'image'; invalidate: true }

/**
 * Keeps avatars at Cloudinary, by signed uploads through its SDK.
 * @param url `cloudinary://KEY:SECRET@CLOUD`; `?upload_prefix=` names another server to upload to
 * @param answerWithinMs for all of a call: connecting, sending, and the last byte of the answer
 */
export async function cloudinaryStorage(
  url: string,
  answerWithinMs = 8_000,
): Promise<AvatarStorage> {
  // Loaded here, so that a server that keeps its own pictures does without it.
  const { uploader } = (await import('cloudinary')).v2
  const account = accountOf(url)

  return {
    async put(key, webp) {
      const answer = await ask(
        (options) =>
          new Promise((resolve, reject) => {
            uploader
              .upload_stream(
                { ...options, public_id: publicId(key), overwrite: true },
                (error, result) => (error ? reject(error) : resolve(result)),
              )
              .end(webp)
          }),
      )
      return addressIn(answer, account.isPlain)
    },

    async remove(key) {
      const answer = await ask((options) => uploader.destroy(publicId(key), options))
      const result = member(answer, 'result')
      if (result !== 'ok' && result !== 'not found') throw failed(answer)
    },
  }

  /**
   * The SDK's own time-out starts again with every byte. Ending the agent closes its connection,
   * whatever state that is in.
   */
  async function ask(request: (options: Options) => Promise<unknown>): Promise<unknown> {
    // The SDK takes http or https as it was configured when it was loaded; the agent decides.
    const agent = account.isPlain ? new HttpAgent() : new HttpsAgent()
    const silence = Promise.withResolvers<never>()
    const timer = setTimeout(() => silence.reject(silent()), answerWithinMs)
    try {
      return await Promise.race([request({ ...account.options, agent }), silence.promise])
    } catch (error) {
      throw error instanceof AppError ? error : failed(error)
    } finally {
      clearTimeout(timer)
      agent.destroy()
    }
  }
}

/**
 * Asks whether the account is known.
 * @throws Error that says why not
 */
export async function pingCloudinary(url: string, answerWithinMs = 8_000): Promise<void> {
  const { api } = (await import('cloudinary')).v2
  const { options, isPlain } = accountOf(url)
  const agent = isPlain ? new HttpAgent() : new HttpsAgent()
  try {
    await api.ping({ ...options, agent, timeout: answerWithinMs })
  } catch (error) {
    // The SDK throws what the answer held, and that holds the error.
    const { error: inner } = error as { error?: unknown }
    throw new Error(member(inner ?? error, 'message') ?? 'it does not answer', { cause: error })
  } finally {
    agent.destroy()
  }
}

// A picture of ours has some ten kilobytes.
const maxDelivered = 1024 * 1024

/**
 * Fetches a picture from where the account delivers it, and from nowhere else.
 * @param accountUrl as of `cloudinaryStorage`; null where none is configured
 * @param avatarUrl the address that was stored
 * @param answerWithinMs for all of it, to the last byte
 * @returns undefined when it is not there
 * @throws AppError `upstream_failed`, `upstream_silent`
 */
export async function fetchDelivered(
  accountUrl: string | null,
  avatarUrl: string,
  answerWithinMs = 8_000,
): Promise<Buffer | undefined> {
  const url = accountUrl && deliveryUrl(accountUrl, avatarUrl)
  if (!url) throw unreadable(new Error('the configured account does not deliver this picture'))
  try {
    // A redirection could lead anywhere.
    const options = { redirect: 'error', headers: { accept: 'image/webp' } } as const
    const signal = AbortSignal.timeout(answerWithinMs)
    const response = await fetch(url, { ...options, signal })
    if (response.status === 404) {
      await response.body?.cancel()
      return undefined
    }
    if (!response.ok) throw new Error(`it answered ${response.status}`)
    return await readPicture(response)
  } catch (cause) {
    const isLate = cause instanceof DOMException && cause.name === 'TimeoutError'
    throw isLate ? unreadInTime() : unreadable(cause)
  }
}

/**
 * The stored address where it is one of the account's own
 * (https://cloudinary.com/documentation/advanced_url_delivery_options), else undefined.
 */
export function deliveryUrl(accountUrl: string, avatarUrl: string): URL | undefined {
  const { cloud, uploadPrefix, isPlain } = accountOf(accountUrl)
  const url = URL.parse(avatarUrl)
  if (!url || url.username !== '' || url.protocol !== 'https:') return undefined
  const folder = '/image/upload/'
  const own: [host: string, path: string][] = [
    ['res.cloudinary.com', `/${cloud}${folder}`],
    [`${cloud.toLowerCase()}-res.cloudinary.com`, folder],
  ]
  // Another server delivers what is uploaded to it.
  if (uploadPrefix) own.push([new URL(uploadPrefix).host, `/${cloud}${folder}`])
  if (!own.some(([host, path]) => url.host === host && url.pathname.startsWith(path)))
    return undefined
  return isPlain ? new URL(url.href.replace(/^https/, 'http')) : url
}

/** @throws Error for what is too large, or no WebP */
async function readPicture(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > maxDelivered) throw new Error('it answered with more than a picture of ours has')
    chunks.push(chunk)
  }
  const bytes = Buffer.concat(chunks)
  const isWebp =
    bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP'
  if (!isWebp) throw new Error('it answered with something else than a WebP')
  return bytes
}

function publicId(key: string): string {
  return `kith/avatars/${key}`
}

function accountOf(url: string) {
  const { hostname, username, password, searchParams } = new URL(url)
  const uploadPrefix = searchParams.get('upload_prefix')?.replace(/\/+$/, '')
  const options: Options = {
    cloud_name: hostname,
    api_key: username,
    api_secret: password,
    resource_type: 'image',
    // Nobody is shown a copy that a CDN still has.
    invalidate: true,
    ...(uploadPrefix && { upload_prefix: uploadPrefix }),
  }
  return {
    options,
    cloud: hostname,
    uploadPrefix,
    isPlain: uploadPrefix?.startsWith('http:') ?? false,
  }
}

/** @throws AppError when the answer names no address that a browser may be sent to */
function addressIn(answer: unknown, isPlain: boolean): string {
  const protocols = isPlain ? ['https:', 'http:'] : ['https:']
  const address = [member(answer, 'secure_url'), member(answer, 'url')].find((text) =>
    protocols.includes(URL.parse(text ?? '')?.protocol ?? ''),
  )
  if (address === undefined) throw failed(new Error('Cloudinary answered without an address'))
  return address
}

function member(value: unknown, name: string): string | undefined {
  const found = (value as Record<string, unknown> | null | undefined)?.[name]
  return typeof found === 'string' ? found : undefined
}

/** @param cause what the SDK said: for our log, never for the answer */
function failed(cause: unknown): AppError {
  return new AppError(
    'upstream_failed',
    'avatar_storage_failed',
    'The picture could not be stored. Try again later.',
    { cause },
  )
}

function silent(): AppError {
  return new AppError(
    'upstream_silent',
    'avatar_storage_silent',
    'The picture could not be stored in time. Try again later.',
  )
}

/** @param cause for our log, never for the answer */
function unreadable(cause: unknown): AppError {
  const detail = 'The picture could not be read. Try again later.'
  return new AppError('upstream_failed', 'avatar_storage_failed', detail, { cause })
}

function unreadInTime(): AppError {
  const detail = 'The picture could not be read in time. Try again later.'
  return new AppError('upstream_silent', 'avatar_storage_silent', detail)
}
