import type { BookState } from './book-state.ts'
import { slotsInIndexBlock } from './database.ts'
import type { Step } from './step.ts'

/**
 * Many changes in parts, each for a write of its own, so that others read and write in between. Contacts that are
 * stored together are changed together: a part touches few blocks. Those of one contact stay together, and in order.
 */
export function slicesOf({ slots }: BookState, steps: readonly Step[]): (readonly Step[])[] {
  if (steps.length <= slotsInIndexBlock) return [steps]
  const slotOf = (id: string) => slots.get(id) ?? Infinity
  const byContact = [...Map.groupBy(steps, ({ id }) => id)]
    .map(([id, group]) => ({ slot: slotOf(id), group }))
    // Those that are not there yet keep their order.
    .sort((one, other) => (one.slot === other.slot ? 0 : one.slot - other.slot))
  const slices: Step[][] = []
  for (const { group } of byContact) {
    const last = slices.at(-1)
    if (last && last.length + group.length <= slotsInIndexBlock) last.push(...group)
    else slices.push(group)
  }
  return slices
}
