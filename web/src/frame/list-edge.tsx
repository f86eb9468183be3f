import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { text } from '../strings/text.ts'
import styles from './list-edge.module.css'

const least = 18
const most = 32
const usual = 22.5
const storageKey = 'kith-list-width'

/** The edge between list and detail, which can be dragged; this device remembers where it is. */
export function ListEdge() {
  const [width, setWidth] = useState(readWidth)
  const edge = useRef<HTMLDivElement>(null)

  const move = (rem: number) => {
    const next = Math.min(most, Math.max(least, Math.round(rem * 4) / 4))
    setWidth(next)
    applyWidth(next)
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const list = event.currentTarget.parentElement?.getBoundingClientRect()
    if (!list) return
    const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl'
    move((isRtl ? list.right - event.clientX : event.clientX - list.left) / remInPixels())
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl'
    const steps: Record<string, number> = { ArrowLeft: isRtl ? 1 : -1, ArrowRight: isRtl ? -1 : 1 }
    const step = steps[event.key]
    if (step !== undefined) move(width + step)
    if (event.key === 'Home') move(least)
    if (event.key === 'End') move(most)
  }

  return (
    <div
      ref={edge}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={text('frame.listEdge')}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={width}
      className={styles.edge}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
      onDoubleClick={() => move(usual)}
      onKeyDown={onKeyDown}
    />
  )
}

function readWidth(): number {
  const width = Number(localStorage.getItem(storageKey) ?? usual)
  applyWidth(width)
  return width
}

function applyWidth(rem: number) {
  document.documentElement.style.setProperty('--list-chosen', `${rem}rem`)
  localStorage.setItem(storageKey, String(rem))
}

const remInPixels = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
