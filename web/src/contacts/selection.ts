import { create } from 'zustand'
import type { Slot } from '../worker/calls.ts'

/**
 * Who is selected: those in `toggled`, or, after *Select all*, everybody of the list that there was
 * then but those. So selecting 50,000 is no more work than selecting one.
 */
type Selection = { all: Uint32Array | null; toggled: ReadonlySet<Slot>; anchor: number | null }

const none: Selection = { all: null, toggled: new Set(), anchor: null }

const useSelection = create<Selection>(() => none)

export const countOf = ({ all, toggled }: Selection) =>
  all ? all.length - toggled.size : toggled.size

export const useSelectedCount = () => useSelection(countOf)

export const useIsSelected = (slot: Slot) =>
  useSelection(({ all, toggled }) => (all !== null) !== toggled.has(slot))

/** The slots of all who are selected. */
export function selectedSlots(): Slot[] {
  const { all, toggled } = useSelection.getState()
  return all ? Array.from(all).filter((slot) => !toggled.has(slot)) : [...toggled]
}

export const hasSelection = () => countOf(useSelection.getState()) > 0

export const clearSelection = () => useSelection.setState(none)

export const selectAll = (slots: Uint32Array) =>
  useSelection.setState({ all: slots, toggled: new Set(), anchor: null })

/** Selects or deselects the row at a place, from which Shift goes on. */
export function toggle(slots: Uint32Array, at: number) {
  const slot = slots[at]
  if (slot === undefined) return
  useSelection.setState(({ all, toggled }) => {
    const next = new Set(toggled)
    if (!next.delete(slot)) next.add(slot)
    return { all, toggled: next, anchor: at }
  })
}

/** Selects from where the last one was toggled to the row at a place. */
export function selectTo(slots: Uint32Array, at: number, from: number) {
  const { anchor, all, toggled } = useSelection.getState()
  const start = anchor ?? from
  const next = new Set(toggled)
  for (let row = Math.min(start, at); row <= Math.max(start, at); row++) {
    const slot = slots[row]
    if (slot === undefined) continue
    if (all) next.delete(slot)
    else next.add(slot)
  }
  useSelection.setState({ all, toggled: next, anchor: start })
}

/** After the list became another one, *all* are those who were selected, by name. */
export function keepSelection(slots: Uint32Array) {
  const { all } = useSelection.getState()
  if (all && all !== slots)
    useSelection.setState({ all: null, toggled: new Set(selectedSlots()), anchor: null })
}

/** Those who are no more cannot stay selected. */
export function dropFromSelection(isGone: (slot: Slot) => boolean) {
  const { all, toggled } = useSelection.getState()
  if (all) return
  const left = [...toggled].filter((slot) => !isGone(slot))
  if (left.length < toggled.size) useSelection.setState({ toggled: new Set(left), anchor: null })
}
