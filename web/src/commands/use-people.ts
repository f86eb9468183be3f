import { useEffect, useState } from 'react'
import { rowOf } from '../data/book.ts'
import { worker } from '../data/client.ts'

export type FoundPerson = { id: string; name: string; subtitle: string; isCompany: boolean }

/** As many as stand below the commands without scrolling. */
const most = 8

/** Whom the typed words find; nobody before anything is typed. */
export function usePeople(typed: string): FoundPerson[] {
  const [people, setPeople] = useState<FoundPerson[]>([])
  const search = typed.trim()
  useEffect(() => {
    let isCurrent = true
    void findPeople(search).then((found) => isCurrent && setPeople(found))
    return () => {
      isCurrent = false
    }
  }, [search])
  return people
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
