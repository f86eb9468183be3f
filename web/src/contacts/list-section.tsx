import { useLayoutEffect, useRef } from 'react'
import { rowOf } from '../data/book.ts'
import type { Hit, List, Slot } from '../worker/calls.ts'
import { heightOf, topInSection, type Section } from './list-layout.ts'
import { Row } from './row.tsx'
import type { Rows } from './visible-rows.ts'
import styles from './contact-list.module.css'

export type RowContext = {
  list: List
  hits: ReadonlyMap<Slot, Hit>
  currentId: string | null
  hrefOf: (id: string) => string
  /** The place of the row that the Tab key comes to; it is there even out of sight. */
  active: number
  /** Whether another contact may take over the row at its place: making rows anew is most of a key of a search. */
  areReused: boolean
}

type Props = { section: Section; rows: RowContext; inSight: Rows }

/** The rows below one letter, which sticks to the top while they pass. */
export function ListSection({ section, rows, inSight }: Props) {
  const element = useRef<HTMLDivElement>(null)
  const { top } = section
  const height = heightOf(section)
  useLayoutEffect(() => {
    const style = element.current?.style
    if (!style) return
    style.top = `${top}rem`
    style.height = `${height}rem`
  }, [top, height])

  return (
    <div ref={element} role="rowgroup" className={styles.section}>
      {section.letter === null ? null : (
        <div className={styles.head} aria-hidden="true">
          {section.letter}
        </div>
      )}
      {placesIn(section, inSight, rows.active).map((at) => rowAtPlace(section, rows, at))}
    </div>
  )
}

function placesIn({ from, to }: Section, inSight: Rows, active: number): number[] {
  const first = Math.max(from, inSight.from)
  const places = Array.from(
    { length: Math.max(0, Math.min(to, inSight.to) - first) },
    (_, place) => first + place,
  )
  const isHere = active >= from && active < to
  const isInSight = active >= inSight.from && active < inSight.to
  return isHere && !isInSight ? [...places, active] : places
}

function rowAtPlace(section: Section, rows: RowContext, at: number) {
  const slot = rows.list.slots[at]
  const row = slot === undefined ? null : rowOf(slot)
  if (slot === undefined || !row) return null
  return (
    <Row
      key={rows.areReused ? `at ${at}` : slot}
      slot={slot}
      row={row}
      at={at}
      top={topInSection(section, at)}
      isStop={at === rows.active}
      isCurrent={row.id === rows.currentId}
      href={rows.hrefOf(row.id)}
      hit={rows.hits.get(slot)}
    />
  )
}
