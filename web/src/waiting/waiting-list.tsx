import { useLocation } from 'wouter'
import { useWaiting } from '../data/state.ts'
import { useContact } from '../data/use-contact.ts'
import { to } from '../routes.ts'
import { timeAgo } from '../strings/moments.ts'
import { text } from '../strings/text.ts'
import { refusalText } from '../sync/refusal-text.ts'
import { Button } from '../ui/button.tsx'
import type { Waiting } from '../worker/calls.ts'
import { changeText } from './change-text.ts'
import { InstallHint } from './install-hint.tsx'
import { SendsAgain } from './sends-again.tsx'
import { discardChange, saveAsNew } from './settle.ts'
import styles from './waiting-list.module.css'

/** What was changed here and is not on the server: what the server refused, and what waits. */
export function WaitingList({ onClose }: { onClose: () => void }) {
  const changes = useWaiting()
  return (
    <div className={styles.lists}>
      <SendsAgain />
      <Changes
        title={text('waiting.refusedList')}
        note={text('waiting.refusedNote')}
        changes={changes.filter(({ refusal }) => refusal !== null)}
        onClose={onClose}
      />
      <Changes
        title={text('waiting.list')}
        note={text('waiting.note')}
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
  const { title, at, refusal, kind, contactId, isWhole } = change
  // A contact that is gone has no form; *Retry* brings it back, unless it was deleted for good.
  const isHere = useContact(contactId).kind === 'here'
  const isEditable = isHere && (kind === 'create' || kind === 'patch' || kind === 'photo')
  const isGoneForGood = kind === 'restore' && isWhole && refusal?.code === 'not_found'

  function open(path: string) {
    onClose()
    navigate(path)
  }

  async function keepAsNew() {
    const id = await saveAsNew(change)
    if (id !== null) open(to.contact(id))
  }

  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <p className={styles.name}>{title}</p>
        <p className={styles.what}>
          {changeText(change)} · {timeAgo(new Date(at).toISOString())}
        </p>
        {refusal ? (
          <p className={styles.refusal}>
            {text('waiting.refusal', {
              reason: isGoneForGood ? text('waiting.goneForGood') : reasonOf(kind, refusal),
            })}
          </p>
        ) : null}
      </div>
      <div className={styles.actions}>
        {refusal && isEditable ? (
          <Button
            aria-label={text('waiting.editOf', { name: title })}
            onPress={() => open(to.edit(contactId))}
          >
            {text('waiting.edit')}
          </Button>
        ) : null}
        {isGoneForGood ? (
          <Button
            aria-label={text('waiting.saveAsNewOf', { name: title })}
            onPress={() => void keepAsNew()}
          >
            {text('waiting.saveAsNew')}
          </Button>
        ) : null}
        <Button
          variant="plainDanger"
          aria-label={text('waiting.discardOf', { name: title })}
          onPress={() => void discardChange(change)}
        >
          {text('waiting.discard')}
        </Button>
      </div>
    </li>
  )
}

function reasonOf(kind: Waiting['kind'], refusal: NonNullable<Waiting['refusal']>): string {
  const isChangedSince = kind === 'delete' && refusal.code === 'stale'
  return isChangedSince ? text('waiting.changedSince') : refusalText(refusal)
}
