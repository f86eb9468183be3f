import { labelKey } from '@kith/server/book/label-name'
import type { Label } from '../worker/calls.ts'
import { useData } from './state.ts'

/** The label that the star sets. */
export const starredName = 'Starred'

export type Labels = {
  /** By name. */
  labels: Label[]
  /** How many contacts have each label, by its id. */
  counts: Record<string, number>
  /** How many contacts there are. */
  total: number
  /** What the star sets, where it was set once. */
  starred: Label | undefined
}

export function useLabels(): Labels {
  const labels = useData((state) => state.labels)
  const counts = useData((state) => state.counts)
  const total = useData((state) => state.total)
  const key = labelKey(starredName)
  return { labels, counts, total, starred: labels.find(({ name }) => labelKey(name) === key) }
}
