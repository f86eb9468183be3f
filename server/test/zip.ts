import type { Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { fromBufferPromise } from 'yauzl'
import yazl from 'yazl'

/** The files in a ZIP archive, as texts, by their names. */
export async function unzip(bytes: Buffer): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  const zip = await fromBufferPromise(bytes)
  for await (const entry of zip.eachEntry()) {
    files.set(entry.fileName, await text(await zip.openReadStreamPromise(entry)))
  }
  return files
}

/** A ZIP archive of these files. */
export function zipOf(
  files: Record<string, string | Buffer>,
  options: { compress?: boolean; forceZip64Format?: boolean } = {},
): Promise<Buffer> {
  const zip = new yazl.ZipFile()
  for (const [name, content] of Object.entries(files)) {
    zip.addBuffer(Buffer.from(content), name, options)
  }
  zip.end()
  return buffer(zip.outputStream as Readable)
}
