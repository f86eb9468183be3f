import { useEffect, useRef, type RefObject } from 'react'
import { phone } from '../frame/media.ts'

/** Whose heading takes the focus once it is shown. */
let wanted: string | null = null

/** A contact that is opened by a key takes the focus. */
export function focusWhenShown(id: string) {
  wanted = id
}

/** The heading of a contact; on a phone, where the list goes out of sight, it takes the focus too. */
export function useContactHeading(id: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (phone.matches || wanted === id) heading.current?.focus({ preventScroll: true })
    wanted = null
  }, [id])
  return heading
}
