import { setTimeout } from 'node:timers/promises'
import { BenchError } from '../bench-error.ts'
import type { NodeProcess } from '../node-process.ts'
import type { Done } from './gauge.ts'

export type ImportFile = {
  name: string
  type: string
  bytes: Buffer
  contacts: number
}

type Progress = {
  id: string
  state: string
  reason: string | null
  entries: number | null
  created: number
  failed: number
}

const askEveryMs = 50
const withinMs = 600_000

/**
 * Imports a file into an empty book: the time is from the first octet sent until the server says
 * that it is done.
 * @throws BenchError when not every entry has become a contact
 */
export async function importFile(
  kith: NodeProcess,
  token: string,
  file: ImportFile,
): Promise<Done> {
  const headers = { authorization: `Bearer ${token}` }
  const body = new FormData()
  body.set('file', new Blob([new Uint8Array(file.bytes)], { type: file.type }), file.name)
  const start = performance.now()
  const { id } = await ask(`${kith.url}/api/imports`, { method: 'POST', headers, body })
  let progress: Progress
  do {
    await setTimeout(askEveryMs)
    if (performance.now() - start > withinMs) throw new BenchError(`${file.name}: took too long`)
    progress = await ask(`${kith.url}/api/imports/${id}`, { headers })
  } while (['waiting', 'running'].includes(progress.state))
  const seconds = (performance.now() - start) / 1_000
  const { state, created } = progress
  if (state !== 'done' || created !== file.contacts) {
    throw new BenchError(`${file.name} was not imported whole: ${JSON.stringify(progress)}`)
  }
  return { contacts: created, megabytes: file.bytes.length / 1e6, seconds }
}

async function ask(url: string, init: RequestInit): Promise<Progress> {
  const response = await fetch(url, init)
  if (response.ok) return (await response.json()) as Progress
  throw new BenchError(`${url} was answered ${response.status} ${await response.text()}`)
}
