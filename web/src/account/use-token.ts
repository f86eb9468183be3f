import { useLocation } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'

/** The token that this page was opened with, as `readAddress` kept it, and how to give it another one. */
export function useToken(): [token: string | null, open: (token: string) => void] {
  const [path, navigate] = useLocation()
  const state = useHistoryState<{ token?: unknown } | null>()
  const token = typeof state?.token === 'string' ? state.token : null
  return [token, (next) => navigate(path, { replace: true, state: { token: next } })]
}
