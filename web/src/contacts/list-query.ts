import { useMemo } from 'react'
import { usePreferences } from '../data/state.ts'
import type { ListQuery, Sort } from '../worker/calls.ts'
import { useListAddress } from './list-address.ts'
import { useSearchText } from './search-text.ts'

/** As the preference has it, which the server's lists know as well. */
const sortOf: Record<string, Sort> = {
  last_name: 'last_name',
  '-updated_at': 'changed',
}
export const preferenceOf = {
  first_name: 'first_name',
  last_name: 'last_name',
  changed: '-updated_at',
} as const satisfies Record<Sort, string>

/** What the list asks for: what was typed last, in the order of the address or the usual one. */
export function useListQuery(): ListQuery {
  const { of, notes, sort } = useListAddress()
  const preferences = usePreferences()
  const [search] = useSearchText()
  const usual = sortOf[preferences?.sort ?? ''] ?? 'first_name'
  return useMemo(
    () => ({ of, search, notes, sort: sort ?? usual }),
    [of, search, notes, sort, usual],
  )
}
