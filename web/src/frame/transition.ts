import { flushSync } from 'react-dom'
import type { AroundNavHandler } from 'wouter'
import { phone } from './media.ts'

/** Between list and contact on a phone, where one takes the place of the other, the change is shown. */
export const slideOnPhone: AroundNavHandler = (navigate, to, options) => {
  const isForward = isDetail(to)
  if (
    !phone.matches ||
    !document.startViewTransition ||
    isDetail(location.pathname) === isForward
  ) {
    navigate(to, options)
    return
  }
  document.documentElement.dataset.slide = isForward ? 'forward' : 'back'
  document.startViewTransition(() => flushSync(() => navigate(to, options)))
}

const isDetail = (path: string) => path.startsWith('/c/') || path.startsWith('/new')
