import { useEffect, useState } from 'react'
import { worker } from '../data/client.ts'
import { contactsChanged } from '../data/signals.ts'
import { useToday } from './use-today.ts'

/** How many birthdays there are within a week; the app's icon shows those of today where it can. */
export function useBirthdayCount(): number {
  const today = useToday()
  const [week, setWeek] = useState(0)
  useEffect(() => {
    let isCurrent = true
    const count = async () => {
      const found = await worker.countBirthdays(today)
      if (!isCurrent) return
      setWeek(found.week)
      await showBadge(found.today)
    }
    void count()
    const unsubscribe = contactsChanged.subscribe(() => void count())
    return () => {
      isCurrent = false
      unsubscribe()
    }
  }, [today])
  return week
}

async function showBadge(birthdays: number): Promise<void> {
  if (!('setAppBadge' in navigator)) return
  try {
    await navigator.setAppBadge(birthdays)
  } catch {
    // Only an installed app has an icon of its own.
  }
}
