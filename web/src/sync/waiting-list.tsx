import { useLocation } from 'wouter'
import { worker } from '../data/client.ts'
import { useWaiting } from '../data/state.ts'
import { to } from '../routes.ts'
import { timeAgo } from '../strings/moments.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import type { Waiting } from '../worker/calls.ts'
import { changeText } from './change-text.ts'
import { InstallHint } from './install-hint.tsx'
import { refusalText } from './refusal-text.ts'
import { SendsAgain } from './sends-again.tsx'
import styles from './waiting-list.module.css'

/** What was changed here and is not on the server: what the server refused, and what waits. */
export function WaitingList({ onClose }: { onClose: () => void }) {
  const changes = useWaiting()
  return (
    <div className={styles.lists}>
      <SendsAgain />
      <Changes
        title={text('sync.refusedList')}
        note={text('sync.refusedNote')}
        changes={changes.filter(({ refusal }) => refusal !== null)}
        onClose={onClose}
      />
      <Changes
        title={text('sync.waitingList')}
        note={text('sync.waitingNote')}
        changes={changes.filter(({ refusal }) => refusal === null)}
        onClose={onClose}
      />
      {changes.length > 0 ? <InstallHint /> : null}
    </div>
  )
}

type ListProps = {
  title: string
  note: string
  changes: readonly Waiting[]
  onClose: () => void
}

function Changes({ title, note, changes, onClose }: ListProps) {
  if (changes.length === 0) return null
  return (
    <section className={styles.section}>
      <h3 className={styles.title}>{title}</h3>
      <p className={styles.note}>{note}</p>
      <ul aria-label={title} className={styles.list}>
        {changes.map((change) => (
          <ChangeRow key={change.opId} change={change} onClose={onClose} />
        ))}
      </ul>
    </section>
  )
}

function ChangeRow({ change, onClose }: { change: Waiting; onClose: () => void }) {
  const [, navigate] = useLocation()
  const { title, at, refusal, kind, contactId } = change
  // A contact that is gone has no form; *Retry* brings it back.
  const isEditable = (kind === 'create' || kind === 'patch') && refusal?.code !== 'not_found'
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <p className={styles.name}>{title}</p>
        <p className={styles.what}>
          {changeText(change)} · {timeAgo(new Date(at).toISOString())}
        </p>
        {refusal ? (
          <p className={styles.refusal}>{text('sync.refusal', { reason: refusalText(refusal) })}</p>
        ) : null}
      </div>
      <div className={styles.actions}>
        {refusal && isEditable ? (
          <Button
            aria-label={text('sync.editOf', { name: title })}
            onPress={() => {
              onClose()
              navigate(to.edit(contactId))
            }}
          >
            {text('sync.edit')}
          </Button>
        ) : null}
        <Button
          variant="plainDanger"
          aria-label={text('sync.discardOf', { name: title })}
          onPress={() => void worker.discardWaiting(change.opId)}
        >
          {text('sync.discard')}
        </Button>
      </div>
    </li>
  )
}
