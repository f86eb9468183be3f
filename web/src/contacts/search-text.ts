import { useCallback, useEffect } from 'react'
import { useSearchParams } from 'wouter'
import { create } from 'zustand'

/** Browsers allow an address to change only so often, so it follows what is typed after a rest. */
const restMs = 300

/** `address` is what the address had when `typed` was taken from it or given to it. */
const useTyped = create(() => ({ typed: '', address: '' }))

/** What stands in the search field: at once what is typed, and what the address says when it changes. */
export function useSearchText(): [text: string, setText: (text: string) => void] {
  const [params] = useSearchParams()
  const inAddress = params.get('q') ?? ''
  const { typed, address } = useTyped()
  const setText = useCallback((typed: string) => {
    useTyped.setState({ typed, address: new URLSearchParams(location.search).get('q') ?? '' })
  }, [])
  return [address === inAddress ? typed : inAddress, setText]
}

/** Puts what was typed into the address; in one place of the page. */
export function useSearchAddress() {
  const [params, setParams] = useSearchParams()
  const inAddress = params.get('q') ?? ''
  const { typed, address } = useTyped()
  useEffect(() => {
    if (address !== inAddress) {
      useTyped.setState({ typed: inAddress, address: inAddress })
      return undefined
    }
    if (typed === inAddress) return undefined
    const rest = setTimeout(() => {
      useTyped.setState({ address: typed })
      setParams((params) => withSearch(params, typed), { replace: true })
    }, restMs)
    return () => clearTimeout(rest)
  }, [typed, address, inAddress, setParams])
}

function withSearch(params: URLSearchParams, search: string): URLSearchParams {
  const next = new URLSearchParams(params)
  next.delete('notes')
  if (search) next.set('q', search)
  else next.delete('q')
  return next
}
