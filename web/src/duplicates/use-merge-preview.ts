import type { MergeAnswer } from '@kith/server/merges/schema'
import { useEffect, useState } from 'react'
import { worker } from '../data/client.ts'
import type { Contact } from '../worker/calls.ts'
import { mergeRequest, singleFields, type Chosen } from './choices.ts'

/**
 * What the server would make of contacts, with the single values that are chosen.
 * @param initial shown until it has answered
 */
export function useMergePreview(
  contacts: readonly Contact[],
  into: string,
  singles: Chosen['singles'],
  initial: Contact | null,
): Contact | null {
  const [joined, setJoined] = useState(initial)
  useEffect(() => {
    let isCurrent = true
    const body = mergeRequest(contacts, into, singleFields(singles, contacts))
    const path = '/api/contacts/merge?dry_run=true'
    void worker.call({ method: 'POST', path, body }).then(({ status, body }) => {
      if (isCurrent && status === 200) setJoined((body as MergeAnswer).contact)
    })
    return () => {
      isCurrent = false
    }
  }, [contacts, into, singles])
  return joined
}
