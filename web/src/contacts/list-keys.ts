import type { KeyboardEvent } from 'react'
import type { CommandId } from '../commands/commands.ts'
import { useCommand } from '../commands/handlers.ts'
import { listCommandOf } from '../commands/keys.ts'
import { useSingleKeys } from '../commands/single-keys.ts'
import type { List } from '../worker/calls.ts'
import type { ActiveRow } from './active-row.ts'
import { selectAll, selectTo, toggle } from './selection.ts'

type Props = { list: List; active: ActiveRow; isAnybodyShown: boolean }

/** What keys do in the list, and `j` and `k` everywhere. */
export function useListKeys({ list, active, isAnybodyShown }: Props) {
  const { slots } = list
  const { at, goTo, open, goToLetter } = active
  const areSingleKeysOn = useSingleKeys()

  const extend = (to: number) => {
    const next = Math.min(Math.max(to, 0), slots.length - 1)
    selectTo(slots, next, at)
    goTo(next, false)
  }
  const actions: { [Id in CommandId]?: (event: KeyboardEvent<HTMLElement>) => void } = {
    down: () => goTo(at + 1),
    up: () => goTo(at - 1),
    first: () => goTo(0),
    last: () => goTo(slots.length - 1),
    pageDown: (event) => goTo(at + rowsOfPage(event.currentTarget)),
    pageUp: (event) => goTo(at - rowsOfPage(event.currentTarget)),
    open: () => open(at, 'key'),
    select: () => toggle(slots, at),
    extendDown: () => extend(at + 1),
    extendUp: () => extend(at - 1),
    selectAll: () => selectAll(slots),
    letter: (event) => goToLetter(event.key.toLocaleUpperCase()),
  }

  // Before anybody is shown, the next one is the first.
  useCommand('next', () => goTo(isAnybodyShown ? at + 1 : at), slots.length > 0)
  useCommand('previous', () => goTo(isAnybodyShown ? at - 1 : at), slots.length > 0)

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (!(event.target instanceof Element) || !event.target.closest('[role=row]')) return
    const command = listCommandOf(mirrored(event), areSingleKeysOn)
    const action = command && actions[command]
    if (!action) return
    event.preventDefault()
    action(event)
  }
  return { onKeyDown }
}

/** The way into a contact is to the right, or to the left in scripts that run there. */
function mirrored({
  nativeEvent,
  currentTarget,
}: KeyboardEvent<HTMLElement>): globalThis.KeyboardEvent {
  const isArrow = nativeEvent.key === 'ArrowLeft' || nativeEvent.key === 'ArrowRight'
  if (!isArrow || getComputedStyle(currentTarget).direction !== 'rtl') return nativeEvent
  const key = nativeEvent.key === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft'
  return new globalThis.KeyboardEvent('keydown', { key, code: key })
}

function rowsOfPage(grid: HTMLElement): number {
  const height = grid.parentElement?.clientHeight ?? 0
  const row = grid.querySelector<HTMLElement>('[role=row]')?.offsetHeight ?? 1
  return Math.max(1, Math.floor(height / row) - 1)
}
