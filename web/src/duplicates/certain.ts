import type { DuplicateGroup } from '@kith/server/duplicates/schema'

/** From here on, contacts may be merged without being looked at one by one. */
const certainScore = 0.95

export function isCertain({ score }: Pick<DuplicateGroup, 'score'>): boolean {
  return score >= certainScore
}
