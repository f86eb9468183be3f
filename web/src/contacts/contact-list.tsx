import { memo, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { idOf, useBookVersion } from '../data/book.ts'
import type { List } from '../worker/calls.ts'
import { useActiveRow } from './active-row.ts'
import { LetterRail } from './letter-rail.tsx'
import { useListKeys } from './list-keys.ts'
import { heightOfAll, layOut, type Section } from './list-layout.ts'
import { useListPresses } from './list-presses.ts'
import { ListSection } from './list-section.tsx'
import { dropFromSelection, keepSelection, useSelectedCount } from './selection.ts'
import { createViewport, type Viewport } from './viewport.ts'
import { useVisibleRows, type Rows } from './visible-rows.ts'
import styles from './contact-list.module.css'

type Props = {
  title: string
  list: List
  /** Another one with every other list; its rows begin at the top. */
  listKey: string
  /** Whether it is to be found again where it was left: a search is not. */
  isKept: boolean
  /** The contact beside the list. */
  currentId: string | null
  hrefOf: (id: string) => string
}

/**
 * The rows of a list. Whatever its length, only those in sight are in the page, and no key and no
 * frame walks all of them.
 */
export const ContactList = memo(function ContactList(props: Props) {
  const { title, list, listKey, currentId, hrefOf } = props
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const sections = useMemo(() => layOut(list.slots.length, list.heads), [list])
  const hits = useMemo(() => new Map(list.hits.map((hit) => [hit.slot, hit])), [list])
  const probe = useRef<HTMLDivElement>(null)
  const [viewport] = useState(createViewport)
  const inSight = useVisibleRows(viewport, sections, listKey)
  const height = heightOfAll(sections)
  useLayoutEffect(() => {
    if (content.current) content.current.style.height = `${height}rem`
  }, [height])
  useLayoutEffect(() => {
    if (!scroller.current || !probe.current) return undefined
    return viewport.watch(scroller.current, probe.current)
  }, [viewport])
  useKeptScroll(viewport, props, height)
  const isSelecting = useSelectedCount() > 0
  const active = useActiveRow({ scroller, viewport, list, listKey, sections, currentId, hrefOf })
  const keys = useListKeys({ list, active, isAnybodyShown: currentId !== null })
  const presses = useListPresses({ list, active })
  useBookVersion()
  useEffect(() => {
    keepSelection(list.slots)
    dropFromSelection((slot) => idOf(slot) === null)
  }, [list])

  const areReused = !props.isKept
  const rows = { list, hits, currentId, hrefOf, active: active.at, areReused }
  return (
    <div className={styles.pane}>
      <div ref={probe} className={styles.probe} />
      <div
        ref={scroller}
        className={styles.scroller}
        data-selecting={isSelecting || undefined}
        data-rail={list.heads.length > 1 || undefined}
      >
        <div
          ref={content}
          role="grid"
          aria-label={title}
          aria-rowcount={list.slots.length}
          aria-multiselectable="true"
          className={styles.content}
          onFocus={active.onFocus}
          {...keys}
          {...presses}
        >
          {sectionsWith(sections, inSight, active.at).map((section) => (
            <ListSection
              key={section.letter ?? ''}
              section={section}
              rows={rows}
              inSight={inSight}
            />
          ))}
        </div>
      </div>
      <LetterRail heads={list.heads} onLetter={active.showLetter} />
    </div>
  )
})

/** The sections that have a row in sight, and the one of the row that has the focus. */
function sectionsWith(sections: readonly Section[], { from, to }: Rows, active: number): Section[] {
  return sections.filter(
    (section) =>
      (section.from < to && section.to > from) || (section.from <= active && active < section.to),
  )
}

const kept = new Map<string, number>()

/** A list that is shown again begins where it was left; a search begins at the top. */
function useKeptScroll(viewport: Viewport, { listKey, isKept }: Props, heightRem: number) {
  const restore = useEffectEvent(() => {
    viewport.scrollTo(kept.get(listKey) ?? 0, heightRem * viewport.now.rem)
  })
  useLayoutEffect(() => {
    restore()
    return viewport.subscribe(() => {
      if (isKept) kept.set(listKey, viewport.now.top)
    })
  }, [viewport, listKey, isKept])
}
