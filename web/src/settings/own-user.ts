import { useEffect } from 'react'
import { worker } from '../data/client.ts'
import { useData } from '../data/state.ts'
import type { User } from '../worker/calls.ts'

/** Shows the account as the server has answered it, before it is read the next time. */
export function showUser(user: User): void {
  useData.setState(({ session }) => ('user' in session ? { session: { ...session, user } } : {}))
}

/** Keeps the account as the server has it now: its address is confirmed in another tab, or on another device. */
export function useFreshUser(): void {
  useEffect(() => {
    const read = async () => {
      const { status, body } = await worker.call({ method: 'GET', path: '/api/users/me' })
      if (status === 200) showUser(body as User)
    }
    const readAgain = () => void read()
    readAgain()
    window.addEventListener('focus', readAgain)
    return () => window.removeEventListener('focus', readAgain)
  }, [])
}
