import { useEffectEvent, useLayoutEffect, useState, type FocusEvent, type RefObject } from 'react'
import { flushSync } from 'react-dom'
import { useLocation } from 'wouter'
import { idOf, slotOf } from '../data/book.ts'
import { phone } from '../frame/media.ts'
import type { List, Slot } from '../worker/calls.ts'
import { focusContact } from './focus-heading.ts'
import { useFollow } from './follow.ts'
import type { Section } from './list-layout.ts'
import { scrollToRow } from './list-scroll.ts'
import type { Viewport } from './viewport.ts'

type Props = {
  scroller: RefObject<HTMLElement | null>
  viewport: Viewport
  list: List
  listKey: string
  sections: readonly Section[]
  currentId: string | null
  hrefOf: (id: string) => string
}

/** A place in a list; `slot` is who was chosen there, nobody before a key or a press did so. */
type Active = { at: number; slot: Slot | undefined; of: List; key: string }

export type ActiveRow = {
  /** Its place in the list, from 0. */
  at: number
  /** Whoever comes to have the focus is active, however that came. */
  onFocus: (event: FocusEvent<HTMLElement>) => void
  /** Brings a row into sight and gives it the focus; on wide screens its contact follows. */
  goTo: (at: number, follows?: boolean) => void
  /** Shows a contact, and goes there. */
  open: (at: number, by: 'key' | 'press') => void
  showLetter: (letter: string) => void
  goToLetter: (letter: string) => void
}

/** The row that the Tab key comes to, which arrows move. */
export function useActiveRow(props: Props): ActiveRow {
  const { scroller, viewport, list, listKey, sections, currentId, hrefOf } = props
  const [, navigate] = useLocation()
  const [active, setActive] = useState<Active>(() => activeIn(list, listKey, currentId))

  // The list became another one: who was chosen is active there as well, in another search the first.
  let { at } = active
  if (active.of !== list) {
    const next = active.key === listKey ? moved(active, list) : firstOf(list, listKey)
    setActive(next)
    at = next.at
  }

  const follow = useFollow((href) => navigate(href, { replace: true }))
  const set = (at: number) => setActive({ at, slot: list.slots[at], of: list, key: listKey })

  const onFocus = ({ target }: FocusEvent<HTMLElement>) => {
    const focused = placeOf(target)
    if (focused === null) return
    if (focused !== at || active.slot !== list.slots[at]) set(focused)
  }
  // The list changed below the focus, which stays with the same contact.
  useLayoutEffect(() => {
    const focused = scroller.current?.contains(document.activeElement)
      ? placeOf(document.activeElement)
      : null
    if (focused !== null && focused !== at) focusRow(scroller.current, at)
  }, [scroller, at])

  const goTo = (wanted: number, follows = true) => {
    const at = Math.min(Math.max(wanted, 0), list.slots.length - 1)
    const id = idAt(list, at)
    if (id === null) return
    scrollToRow(viewport, sections, at)
    flushSync(() => set(at))
    focusRow(scroller.current, at)
    if (follows && !phone.matches) follow(hrefOf(id))
  }

  const open = (at: number, by: 'key' | 'press') => {
    const id = idAt(list, at)
    if (id === null) return
    set(at)
    if (by === 'key') focusContact(id)
    navigate(hrefOf(id), { replace: id === currentId })
  }

  const headOf = (letter: string) => list.heads.find((head) => head.letter === letter)
  const showLetter = (letter: string) => {
    const head = headOf(letter)
    if (head) scrollToRow(viewport, sections, head.at, 'top')
  }
  const goToLetter = (letter: string) => {
    const head = headOf(letter)
    if (!head) return
    scrollToRow(viewport, sections, head.at, 'top')
    goTo(head.at)
  }

  // Shown by a link, a contact is to be seen in the list as well.
  const reveal = useEffectEvent(() => {
    if (currentId !== null && at > 0) scrollToRow(viewport, sections, at)
  })
  useLayoutEffect(() => reveal(), [])

  return { at, onFocus, goTo, open, showLetter, goToLetter }
}

const idAt = (list: List, at: number): string | null => {
  const slot = list.slots[at]
  return slot === undefined ? null : idOf(slot)
}

function activeIn(list: List, key: string, currentId: string | null): Active {
  const slot = currentId === null ? undefined : slotOf(currentId)
  return moved({ at: 0, slot, of: list, key }, list)
}

const firstOf = (list: List, key: string): Active => ({ at: 0, slot: undefined, of: list, key })

function moved({ at, slot, key }: Active, list: List): Active {
  const found = slot === undefined ? -1 : list.slots.indexOf(slot)
  const last = Math.max(0, list.slots.length - 1)
  return { at: found >= 0 ? found : Math.min(at, last), slot, of: list, key }
}

/** The place of the row that something in the list belongs to. */
export function placeOf(target: EventTarget | null): number | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-at]') : null
  return row ? Number(row.dataset['at']) : null
}

function focusRow(scroller: HTMLElement | null, at: number) {
  const row = scroller?.querySelector<HTMLElement>(`[data-at="${at}"]`)
  row?.focus({ preventScroll: true })
}
