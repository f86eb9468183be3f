import { useLocation } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'
import type { FromLink } from './mailed-token.ts'

/** Whether the link that opened this page was cut short, as `readAddress` found. */
export const useIsCut = (): boolean => useHistoryState<FromLink>()?.isCut === true

/** The token that this page was opened with, as `readAddress` kept it, and how to give it another one. */
export function useToken(): [token: string | null, open: (token: string) => void] {
  const [path, navigate] = useLocation()
  const state = useHistoryState<FromLink>()
  const token = typeof state?.token === 'string' ? state.token : null
  return [token, (next) => navigate(path, { replace: true, state: { token: next } })]
}
