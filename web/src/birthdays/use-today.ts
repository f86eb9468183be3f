import type { CalendarDay } from '@kith/server/birthdays/upcoming'
import { useEffect, useState } from 'react'
import { dayOf, untilMidnight } from './days.ts'

/** The day on this device; another one after midnight, also when it slept until then. */
export function useToday(): CalendarDay {
  const [today, setToday] = useState(() => dayOf(new Date()))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      const now = dayOf(new Date())
      setToday((before) => (JSON.stringify(now) === JSON.stringify(before) ? before : now))
      clearTimeout(timer)
      timer = setTimeout(look, untilMidnight(new Date()))
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [])
  return today
}
