import { useSyncExternalStore } from 'react'

/** One pane at a time, below 700 px; wider, there are list and detail side by side. */
export const phone = matchMedia('(width < 43.75em)')
/** A rail of icons in place of the navigation, below 1100 px. */
export const tablet = matchMedia('(43.75em <= width < 68.75em)')

const watch = (query: MediaQueryList) => (onChange: () => void) => {
  query.addEventListener('change', onChange)
  return () => query.removeEventListener('change', onChange)
}
const watchPhone = watch(phone)
const watchTablet = watch(tablet)

export const usePhone = () => useSyncExternalStore(watchPhone, () => phone.matches)
export const useTablet = () => useSyncExternalStore(watchTablet, () => tablet.matches)

/** Room for a second column of a contact, from 1400 px on. */
const wide = matchMedia('(width >= 87.5em)')
const watchWide = watch(wide)
export const useWide = () => useSyncExternalStore(watchWide, () => wide.matches)
