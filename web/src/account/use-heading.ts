import { useEffect, useRef, type RefObject } from 'react'
import { text } from '../strings/text.ts'

let isFirstPage = true

/**
 * Names the tab, and gives a page that follows another one the focus, so that it is read out.
 * @param title what the page is about; null for the first one, which has the name of the app
 * @returns for its heading
 */
export function useHeading(title: string | null): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = title === null ? text('account.kith') : text('account.title', { title })
    const mayFocus = !isFirstPage && !(document.activeElement instanceof HTMLInputElement)
    if (mayFocus) heading.current?.focus()
    isFirstPage = false
  }, [title])
  return heading
}
