import { memo, useLayoutEffect, useRef } from 'react'
import type { Row as RowData } from '../data/book.ts'
import { usePhoto } from '../data/use-photo.ts'
import { text } from '../strings/text.ts'
import { Avatar } from '../ui/avatar.tsx'
import type { Hit, Slot } from '../worker/calls.ts'
import { Marked } from './marked.tsx'
import { useIsSelected } from './selection.ts'
import styles from './row.module.css'

type Props = {
  slot: Slot
  row: RowData
  /** Its place in the list, from 0, and its top within its section, in rem. */
  at: number
  top: number
  /** The one that the Tab key comes to. */
  isStop: boolean
  /** The one that stands beside the list. */
  isCurrent: boolean
  href: string
  hit: Hit | undefined
}

/** A contact in the list. What is pressed in it, the list itself hears. */
export const Row = memo(
  function Row({ slot, row, at, top, isStop, isCurrent, href, hit }: Props) {
    const element = useRef<HTMLDivElement>(null)
    const isSelected = useIsSelected(slot)
    const photo = usePhoto(row.photo, 96)
    useLayoutEffect(() => {
      if (element.current) element.current.style.top = `${top}rem`
    }, [top])

    const name = row.title || text('contacts.noName')
    return (
      <div
        ref={element}
        role="row"
        aria-label={row.subtitle ? `${name}, ${row.subtitle}` : name}
        aria-rowindex={at + 1}
        aria-selected={isSelected}
        tabIndex={isStop ? 0 : -1}
        data-at={at}
        data-current={isCurrent || undefined}
        className={styles.row}
      >
        <div role="gridcell" className={styles.box}>
          <Avatar id={row.id} name={row.title} photo={photo} isCompany={row.isCompany} />
          <input
            type="checkbox"
            tabIndex={-1}
            readOnly
            checked={isSelected}
            aria-label={text('contacts.select', { name })}
            className={styles.checkbox}
          />
          <span className={styles.tick} aria-hidden="true" />
        </div>
        <div role="gridcell" className={styles.words}>
          <a
            href={href}
            tabIndex={-1}
            aria-current={isCurrent ? 'page' : undefined}
            className={styles.link}
            draggable={false}
          >
            <span className={styles.name}>{name}</span>
            {hit || row.subtitle ? (
              <span className={styles.subtitle}>
                <bdi>{hit ? <Marked text={hit.text} marked={hit.marked} /> : row.subtitle}</bdi>
              </span>
            ) : null}
          </a>
        </div>
      </div>
    )
  },
  (before, now) =>
    before.slot === now.slot &&
    before.at === now.at &&
    before.top === now.top &&
    before.isStop === now.isStop &&
    before.isCurrent === now.isCurrent &&
    before.href === now.href &&
    before.hit === now.hit &&
    before.row.id === now.row.id &&
    before.row.title === now.row.title &&
    before.row.subtitle === now.row.subtitle &&
    before.row.photo === now.row.photo &&
    before.row.isCompany === now.row.isCompany,
)
