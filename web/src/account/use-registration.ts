import { useEffect, useState } from 'react'
import { readRegistration, type Registration } from './api.ts'

/** Who may sign up on this server; null until it has said so. */
export function useRegistration(): Registration | null {
  const [registration, setRegistration] = useState<Registration | null>(null)
  useEffect(() => {
    let isGone = false
    void readRegistration().then((found) => {
      if (!isGone) setRegistration(found)
    })
    return () => {
      isGone = true
    }
  }, [])
  return registration
}
