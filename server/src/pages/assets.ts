import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { markSvg, tokensCss } from '../design/tokens.ts'

export type Asset = { type: string; content: string }

/** What pages are made of, by name. */
export const assets = {
  'kith.css': { type: 'text/css; charset=utf-8', content: tokensCss + read('kith.css') },
  'pages.js': { type: 'text/javascript; charset=utf-8', content: read('pages.js') },
  'mark.svg': { type: 'image/svg+xml', content: markSvg },
} satisfies Record<string, Asset>

/** An address that is another one when the content is, so that browsers may keep what they have. */
export function addressOf(name: keyof typeof assets): string {
  const version = createHash('sha256').update(assets[name].content).digest('base64url').slice(0, 8)
  return `/pages/${name}?v=${version}`
}

function read(name: string): string {
  return readFileSync(new URL(`assets/${name}`, import.meta.url), 'utf8')
}
