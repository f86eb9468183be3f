import { createWriteStream } from 'node:fs'
import { get, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { BenchError } from '../bench-error.ts'

type Download = { url: string; headers?: OutgoingHttpHeaders }

/** @returns how many octets came, which are thrown away */
export async function download({ url, headers = {} }: Download): Promise<number> {
  let octets = 0
  for await (const chunk of await open(url, headers)) octets += (chunk as Buffer).length
  return octets
}

export async function save({ url, headers = {} }: Download, file: string): Promise<void> {
  await pipeline(await open(url, headers), createWriteStream(file))
}

function open(url: string, headers: OutgoingHttpHeaders): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url, { headers, agent: false }, (response) => {
      if (response.statusCode === 200) return resolve(response)
      response.destroy()
      return reject(new BenchError(`${url} was answered ${response.statusCode}`))
    }).once('error', reject)
  })
}
