import type { ReactNode } from 'react'
import { worker } from '../data/client.ts'
import { faultOf } from '../data/perform.ts'
import { timeAgo } from '../strings/moments.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { notify } from '../ui/toast.tsx'
import { deviceName } from './device-name.ts'
import styles from './rows.module.css'

export type Key = {
  id: string
  name: string
  scope: 'read_only' | 'read_write'
  created_at: string
  last_used_at: string | null
  last_address: string | null
  last_client: string | null
  expires_at?: string | null
}

type Props = {
  label: string
  /** Of the list; each key is at its id below it. */
  path: string
  keys: Key[]
  onChanged: () => void
  /** What stands there while there are none. */
  empty: ReactNode
}

/** App passwords or API tokens, with when and from where each was used, and how to end it. */
export function KeysList({ label, path, keys, onChanged, empty }: Props) {
  async function revoke(id: string) {
    const answer = await worker.call({ method: 'DELETE', path: `${path}/${id}` })
    const isGone = answer.status === 204 || answer.status === 404
    if (!isGone) notify({ title: faultOf(answer), kind: 'fault' })
    onChanged()
  }
  if (keys.length === 0) return empty
  return (
    <ul aria-label={label} className={styles.list}>
      {keys.map((key) => (
        <li key={key.id} className={styles.row}>
          <div className={styles.words}>
            <p id={key.id} className={styles.name}>
              {key.name}
            </p>
            <p className={styles.note}>{noteOf(key)}</p>
          </div>
          <Button
            variant="plainDanger"
            aria-describedby={key.id}
            onPress={() => void revoke(key.id)}
          >
            {text('settings.revoke')}
          </Button>
        </li>
      ))}
    </ul>
  )
}

function noteOf({ scope, last_used_at, last_client, last_address, expires_at }: Key): string {
  const used =
    last_used_at === null
      ? text('settings.neverUsed')
      : text('settings.usedAgo', { ago: timeAgo(last_used_at) })
  const by = last_client ? deviceName(last_client) : null
  const ends = expires_at ? text('settings.expires', { when: timeAgo(expires_at) }) : null
  const parts = [text(`settings.scope.${scope}`), used, by, last_address, ends]
  return parts.filter(Boolean).join(' · ')
}
