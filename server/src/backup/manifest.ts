import { OperatorError } from '../operator-error.ts'

/** One file of lines in a backup: how many it has, and the SHA-256 of the whole, in hex. */
export type Part = { file: string; lines: number; sha256: string }

/** What a backup says of itself, in `manifest.json`. */
export type Manifest = {
  format: 'kith-backup'
  format_version: 1
  created_at: string
  /** The version of Kith that made it. */
  kith: string
  /** The migrations that its tables had. */
  migrations: string[]
  /** In an order in which they can be filled: what a row refers to comes before it. */
  tables: (Part & { name: string })[]
  jobs: Part
  avatars: Part
}

export const manifestFile = 'manifest.json'
export const secretFile = 'secret'

/** @throws OperatorError when it is no manifest, or one that only a newer Kith can read */
export function parseManifest(text: string, file: string): Manifest {
  const manifest = parseJson(text)
  if (manifest?.format !== 'kith-backup') {
    throw new OperatorError(`${file} is not a backup of Kith.`)
  }
  if (manifest.format_version !== 1) {
    throw new OperatorError(
      `${file} was made by a newer Kith (${manifest.kith}). Update Kith, then restore it.`,
    )
  }
  return manifest
}

function parseJson(text: string): Manifest | null {
  try {
    return JSON.parse(text) as Manifest
  } catch {
    return null
  }
}

/** All parts of a backup, in the order in which they stand in it. */
export function partsOf({ tables, jobs, avatars }: Manifest): Part[] {
  return [...tables, jobs, avatars]
}
