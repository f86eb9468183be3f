import { useEffect, useState } from 'react'
import { rowOf } from '../data/book.ts'
import { worker } from '../data/client.ts'

export type FoundPerson = { id: string; name: string; subtitle: string; isCompany: boolean }

/** As many as stand below the commands without scrolling. */
const most = 8

type Found = {
  people: FoundPerson[]
  /** Whether these are of what is typed by now, and not of what was typed before. */
  isCurrent: boolean
}

/** Whom the typed words find; nobody before anything is typed. */
export function usePeople(typed: string): Found {
  const search = typed.trim()
  const [found, setFound] = useState<{ search: string; people: FoundPerson[] }>({
    search: '',
    people: [],
  })
  useEffect(() => {
    let isCurrent = true
    void findPeople(search).then((people) => isCurrent && setFound({ search, people }))
    return () => {
      isCurrent = false
    }
  }, [search])
  return { people: found.people, isCurrent: found.search === search }
}

async function findPeople(search: string): Promise<FoundPerson[]> {
  if (!search) return []
  const { slots } = await worker.list({ of: 'all', search, notes: false, sort: 'first_name' })
  return Array.from(slots.subarray(0, most)).flatMap((slot) => {
    const row = rowOf(slot)
    if (!row) return []
    const { id, title, subtitle, isCompany } = row
    return [{ id, name: title, subtitle, isCompany }]
  })
}
