import { useRef, type MouseEvent, type PointerEvent } from 'react'
import type { List } from '../worker/calls.ts'
import { placeOf, type ActiveRow } from './active-row.ts'
import { hasSelection, selectTo, toggle } from './selection.ts'

/** How long a finger rests on a row to select it, and how far it may stray, in pixels. */
const longPressMs = 500
const strayPx = 10

type Props = { list: List; active: ActiveRow }

/** What pressing a row does, with a mouse, a pen or a finger. */
export function useListPresses({ list: { slots }, active }: Props) {
  const held = useRef<{ timer: number; x: number; y: number; isDone: boolean } | null>(null)

  const release = () => {
    if (held.current) clearTimeout(held.current.timer)
  }

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    release()
    held.current = null
    const at = placeOf(event.target)
    if (event.pointerType !== 'touch' || at === null) return
    const hold = { x: event.clientX, y: event.clientY, isDone: false, timer: 0 }
    hold.timer = window.setTimeout(() => {
      hold.isDone = true
      toggle(slots, at)
    }, longPressMs)
    held.current = hold
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const hold = held.current
    if (hold && Math.hypot(event.clientX - hold.x, event.clientY - hold.y) > strayPx) release()
  }
  const onContextMenu = (event: MouseEvent<HTMLElement>) => {
    if (held.current) event.preventDefault()
  }

  /** A second press of a double click may have been meant for what was there at the first one. */
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const at = placeOf(event.target)
    if (at === null) return
    const wasHeld = held.current?.isDone === true
    const isTouch = held.current !== null
    held.current = null
    const isBox = event.target instanceof HTMLInputElement
    if (!isBox) event.preventDefault()
    if (wasHeld) return
    if (event.shiftKey) selectTo(slots, at, active.at)
    else if (isBox || event.ctrlKey || event.metaKey || (isTouch && hasSelection())) {
      toggle(slots, at)
    } else if (event.detail < 2) active.open(at, 'press')
  }

  return {
    onPointerDown,
    onPointerMove,
    onPointerUp: release,
    onPointerCancel: release,
    onContextMenu,
    onClick,
  }
}
