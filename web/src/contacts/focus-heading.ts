import { useEffect, useRef, type RefObject } from 'react'
import { phone } from '../frame/media.ts'

/** The heading that is there, and whose it is. */
let shown: { id: string; heading: HTMLElement | null } | null = null
/** Whose heading takes the focus once it is there. */
let wanted: string | null = null

/** Gives the focus to a contact: at once, or when it is shown. */
export function focusContact(id: string) {
  if (shown?.id === id) shown.heading?.focus({ preventScroll: true })
  else wanted = id
}

/** The heading of a contact; on a phone, where the list goes out of sight, it takes the focus too. */
export function useContactHeading(id: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    shown = { id, heading: heading.current }
    if (phone.matches || wanted === id) heading.current?.focus({ preventScroll: true })
    wanted = null
    return () => {
      shown = null
    }
  }, [id])
  return heading
}
