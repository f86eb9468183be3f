import { useMemo, useRef, type PointerEvent } from 'react'
import type { Head } from '../worker/calls.ts'
import { railLetters } from './rail-letters.ts'
import { useRoom } from './rail-room.ts'
import styles from './letter-rail.module.css'

type Props = {
  heads: readonly Head[]
  onLetter: (letter: string) => void
}

/** Letters to jump by, for mouse and touch; keyboards have Shift and the letter itself. */
export function LetterRail({ heads, onLetter }: Props) {
  const rail = useRef<HTMLDivElement>(null)
  const last = useRef('')
  const room = useRoom(rail)
  const letters = useMemo(() => railLetters(heads, room), [heads, room])
  const jump = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const part = (event.clientY - box.top) / box.height
    const place = Math.min(letters.length - 1, Math.max(0, Math.floor(part * letters.length)))
    const letter = letters[place]
    if (letter === undefined || letter === last.current) return
    last.current = letter
    onLetter(letter)
  }
  return (
    <div
      ref={rail}
      aria-hidden="true"
      className={styles.rail}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        last.current = ''
        jump(event)
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) jump(event)
      }}
    >
      {letters.length > 1
        ? letters.map((letter) => (
            <span key={letter} className={styles.letter}>
              {letter}
            </span>
          ))
        : null}
    </div>
  )
}
