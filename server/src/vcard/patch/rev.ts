import type { Version } from '../lines/card.ts'

/** The value of REV (RFC 6350, 6.7.4): in seconds and UTC, in basic form in 4.0, extended in 3.0. */
export function writeRev(rev: Date, version: Version): string {
  const extended = `${rev.toISOString().slice(0, 19)}Z`
  return version === '4.0' ? extended.replaceAll(/[:-]/g, '') : extended
}
