import { createHmac } from 'node:crypto'
import { secretKey } from './settings.ts'

type Parts = { header?: object; payload?: object; key?: Buffer; hash?: string }

/** A JWT made by hand, with any header and claims, correctly signed. */
export function makeJwt({ header, payload, ...signing }: Parts): string {
  const head = encode(JSON.stringify({ alg: 'HS256', ...header }))
  return signJwt(`${head}.${encode(JSON.stringify(payload))}`, signing)
}

/** By the key of the servers under test, unless told otherwise. */
export function signJwt(input: string, signing: Pick<Parts, 'key' | 'hash'> = {}): string {
  const { key = Buffer.from(secretKey, 'hex'), hash = 'sha256' } = signing
  return `${input}.${createHmac(hash, key).update(input).digest('base64url')}`
}

export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}

export function encode(text: string): string {
  return Buffer.from(text).toString('base64url')
}
