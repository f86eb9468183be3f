import { zones } from '@kith/server/book/search-text'

/** The rank of what is nowhere. */
export const notFound = 255

export const space = 0x20

/** Whole words before starts of words before what is inside of them, each by the zone. */
export function rankOf(isStart: boolean, isWhole: boolean, zone: number): number {
  return (isWhole ? 0 : isStart ? 1 : 2) * zones.length + zone
}
