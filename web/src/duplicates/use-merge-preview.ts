import type { MergeAnswer } from '@kith/server/merges/schema'
import { useEffect, useState } from 'react'
import { worker } from '../data/client.ts'
import { faultOf } from '../data/perform.ts'
import { useSync } from '../data/state.ts'
import { text } from '../strings/text.ts'
import type { Contact } from '../worker/calls.ts'
import { mergeRequest, singleFields, type Chosen } from './choices.ts'

type Preview = {
  /** null until the server has answered. */
  joined: Contact | null
  /** Why it did not. */
  fault: string | null
}

/**
 * What the server would make of contacts, with the single values that are chosen. Asked again once there is a
 * network.
 * @param initial shown until it has answered
 */
export function useMergePreview(
  contacts: readonly Contact[],
  into: string,
  singles: Chosen['singles'],
  initial: Contact | null,
): Preview {
  const [preview, setPreview] = useState<Preview>({ joined: initial, fault: null })
  const isOffline = useSync().kind === 'offline'
  useEffect(() => {
    if (isOffline) return undefined
    let isCurrent = true
    const body = mergeRequest(contacts, into, singleFields(singles, contacts))
    const path = '/api/contacts/merge?dry_run=true'
    void worker.call({ method: 'POST', path, body }).then((answer) => {
      if (!isCurrent) return
      if (answer.status !== 200)
        return setPreview((before) => ({ ...before, fault: faultOf(answer) }))
      setPreview({ joined: (answer.body as MergeAnswer).contact, fault: null })
    })
    return () => {
      isCurrent = false
    }
  }, [contacts, into, singles, isOffline])
  return isOffline ? { ...preview, fault: text('ui.needsServer') } : preview
}
