import { useMemo } from 'react'
import { useLocation, useSearch } from 'wouter'
import { to } from '../routes.ts'
import type { ListQuery, Sort } from '../worker/calls.ts'

/** What the list shows, as its address has it: `sort` is null unless the address names one. */
export type ListAddress = {
  of: ListQuery['of']
  search: string
  notes: boolean
  sort: Sort | null
}

const sorts: readonly string[] = ['first_name', 'last_name', 'changed'] satisfies Sort[]

/** The list that stands beside what is shown, from the address of the page. */
export function useListAddress(): ListAddress {
  const [path] = useLocation()
  const search = useSearch()
  return useMemo(() => readListAddress(path, search), [path, search])
}

export function readListAddress(path: string, search: string): ListAddress {
  const params = new URLSearchParams(search)
  const sort = params.get('sort')
  return {
    of: listOf(path, params.get('in')),
    search: params.get('q') ?? '',
    notes: params.has('notes'),
    sort: sort !== null && sorts.includes(sort) ? (sort as Sort) : null,
  }
}

function listOf(path: string, within: string | null): ListQuery['of'] {
  const label = /^\/label\/([^/]+)$/.exec(path)?.[1]
  if (label !== undefined) return { label }
  if (path === to.favourites || within === 'favourites') return 'favourites'
  const isOfContact = path.startsWith('/c/') || path === to.new
  return isOfContact && within ? { label: within } : 'all'
}

/** The address of the list itself. */
export function addressOfList(list: ListAddress): string {
  if (list.of === 'all') return to.contacts + query(list)
  return (list.of === 'favourites' ? to.favourites : to.label(list.of.label)) + query(list)
}

/** The address of a contact, or of another screen of it, beside this list. */
export function besideList(path: string, list: ListAddress): string {
  const within = list.of === 'all' ? null : list.of === 'favourites' ? 'favourites' : list.of.label
  return path + query(list, within)
}

function query({ search, notes, sort }: ListAddress, within: string | null = null): string {
  const params = new URLSearchParams()
  if (within) params.set('in', within)
  if (search) params.set('q', search)
  if (notes) params.set('notes', '')
  if (sort) params.set('sort', sort)
  return params.size > 0 ? `?${params}` : ''
}
