import { useEffect, useRef, useState, type ReactNode } from 'react'
import styles from './when-near.module.css'

type Props = {
  /** How many rows there will be, and so how much room is left for them. */
  rows: number
  children: () => ReactNode
}

// In pixels beyond what is in sight: a page or two of scrolling.
const reach = '1500px'

/** Makes its content once it comes near to what is in sight, and keeps it then. */
export function WhenNear({ rows, children }: Props) {
  const [isNear, setNear] = useState(false)
  const room = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = room.current
    if (!element) return undefined
    element.style.setProperty('--rows', String(rows))
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setNear(true), {
      rootMargin: reach,
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [rows])
  return isNear ? children() : <div ref={room} className={styles.room} />
}
