import { useState } from 'react'
import { useCall } from '../data/call.ts'
import { worker } from '../data/client.ts'
import { faultOf } from '../data/perform.ts'
import { UnsentChanges, useSignOut } from '../frame/sign-out.tsx'
import { timeAgo } from '../strings/moments.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { ServerPane } from '../ui/server-pane.tsx'
import { notify } from '../ui/toast.tsx'
import { deviceName } from './device-name.ts'
import { LogOutEverywhere } from './log-out-everywhere.tsx'
import styles from './rows.module.css'

type Session = {
  id: string
  device: string
  address: string
  last_seen_at: string
  current: boolean
}

const path = '/api/auth/sessions'

/** The devices that are logged in. */
export function Sessions() {
  const state = useCall<Session[]>(path)
  const here = useSignOut()
  const everywhere = useSignOut(true)
  const [isAsking, setIsAsking] = useState(false)
  const sessions = state.kind === 'here' ? state.value : []

  async function end({ id, current }: Session) {
    if (current) return here.leave('send')
    const answer = await worker.call({ method: 'DELETE', path: `${path}/${id}` })
    const isEnded = answer.status === 204 || answer.status === 404
    if (!isEnded) notify({ title: faultOf(answer), kind: 'fault' })
    state.reload()
  }

  return (
    <Card
      title={text('settings.sessions')}
      level={3}
      note={text('settings.sessionsNote')}
      action={
        <Button isPending={everywhere.isPending} onPress={() => setIsAsking(true)}>
          {text('settings.logOutEverywhere')}
        </Button>
      }
    >
      <ServerPane
        state={state}
        label={text('settings.sessions')}
        offline={text('settings.offline')}
      >
        <ul aria-label={text('settings.sessions')} className={styles.list}>
          {sessions.toSorted(currentFirst).map((session) => (
            <SessionRow key={session.id} session={session} onEnd={() => void end(session)} />
          ))}
        </ul>
      </ServerPane>
      {isAsking ? (
        <LogOutEverywhere
          onConfirm={() => {
            setIsAsking(false)
            everywhere.leave('send')
          }}
          onCancel={() => setIsAsking(false)}
        />
      ) : null}
      <UnsentChanges {...here} />
      <UnsentChanges {...everywhere} />
    </Card>
  )
}

const currentFirst = (one: Session, other: Session) =>
  Number(other.current) - Number(one.current) || other.last_seen_at.localeCompare(one.last_seen_at)

function SessionRow({ session, onEnd }: { session: Session; onEnd: () => void }) {
  const { id, device, address, last_seen_at, current } = session
  const name = deviceName(device) || text('settings.unknownDevice')
  const seen = current ? text('settings.thisDevice') : timeAgo(last_seen_at)
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <p id={id} className={styles.name}>
          {name}
        </p>
        <p className={styles.note}>{[seen, address].filter(Boolean).join(' · ')}</p>
      </div>
      <Button variant="plain" aria-describedby={id} onPress={onEnd}>
        {text('settings.logOut')}
      </Button>
    </li>
  )
}
