import { useLabels } from '../data/use-labels.ts'
import { text } from '../strings/text.ts'
import { isIdOf } from '../worker/label-id.ts'
import { useListAddress } from './list-address.ts'

/** What the list is called: all contacts, favourites, or a label's name. */
export function useListTitle(): string {
  const { of } = useListAddress()
  const { labels } = useLabels()
  if (of === 'all') return text('frame.contacts')
  if (of === 'favourites') return text('frame.favourites')
  return labels.find((label) => isIdOf(label, of.label))?.name ?? text('frame.label')
}
