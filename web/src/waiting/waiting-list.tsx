import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import { useContact } from '../data/use-contact.ts'
import { to } from '../routes.ts'
import { timeAgo } from '../strings/moments.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { LinkButton } from '../ui/link-button.tsx'
import type { Unsent, Waiting } from '../worker/calls.ts'
import { changeText } from './change-text.ts'
import { InstallHint } from './install-hint.tsx'
import { isGoneElsewhere, refusalText } from './refusal-text.ts'
import { SendsAgain } from './sends-again.tsx'
import { discardChange, saveAsNew } from './settle.ts'
import { tryAgain } from './try-again.ts'
import styles from './waiting-list.module.css'

type Props = { unsent: Unsent; onClose: () => void }

/** What is on this device alone: what is to be chosen, what the server refused, what waits, and what was not saved. */
export function WaitingList({ unsent: { changes, conflicts, drafts }, onClose }: Props) {
  // What comes after a refused change of the same contact is not sent either.
  const stuck = new Set(changes.flatMap((one) => (one.refusal ? [one.contactId] : [])))
  return (
    <div className={styles.lists}>
      <SendsAgain />
      <Places
        title={text('waiting.conflicts')}
        note={text('waiting.conflictsNote')}
        places={conflicts.map(({ contactId, title }) => ({
          path: to.contact(contactId),
          name: title,
          action: text('waiting.choose'),
          label: text('waiting.chooseOf', { name: title }),
        }))}
        onClose={onClose}
      />
      <Changes
        title={text('waiting.refusedList')}
        note={text('waiting.refusedNote')}
        changes={changes.filter(({ contactId }) => stuck.has(contactId))}
        onClose={onClose}
      />
      <Changes
        title={text('waiting.list')}
        note={text('waiting.note')}
        changes={changes.filter(({ contactId }) => !stuck.has(contactId))}
        onClose={onClose}
      />
      <Places
        title={text('waiting.drafts')}
        note={text('waiting.draftsNote')}
        places={drafts.map(({ contactId, title }) => {
          const isNew = contactId === 'new'
          const name = title ?? text(isNew ? 'waiting.created' : 'waiting.goneContact')
          return {
            path: isNew ? to.new : to.edit(contactId),
            name,
            action: text('waiting.open'),
            label: text('waiting.openOf', { name }),
          }
        })}
        onClose={onClose}
      />
      {changes.length > 0 ? <InstallHint /> : null}
    </div>
  )
}

type Words = { title: string; note: string; onClose: () => void }

function Changes({ changes, onClose, ...words }: Words & { changes: readonly Waiting[] }) {
  return (
    <Section {...words}>
      {changes.map((change) => (
        <ChangeRow key={change.opId} change={change} onClose={onClose} />
      ))}
    </Section>
  )
}

/** Where something is to be settled. */
type Place = { path: string; name: string; action: string; label: string }

function Places({ places, onClose, ...words }: Words & { places: readonly Place[] }) {
  return (
    <Section {...words}>
      {places.map(({ path, name, action, label }) => (
        <li key={path} className={styles.row}>
          <p className={classes(styles.words, styles.name)}>{name}</p>
          <LinkButton to={path} aria-label={label} onClick={onClose}>
            {action}
          </LinkButton>
        </li>
      ))}
    </Section>
  )
}

function Section({ title, note, children }: Omit<Words, 'onClose'> & { children: ReactNode[] }) {
  if (children.length === 0) return null
  return (
    <section className={styles.section}>
      <h3 className={styles.title}>{title}</h3>
      <p className={styles.note}>{note}</p>
      <ul aria-label={title} className={styles.list}>
        {children}
      </ul>
    </section>
  )
}

function ChangeRow({ change, onClose }: { change: Waiting; onClose: () => void }) {
  const [, navigate] = useLocation()
  const { title, at, refusal, kind, contactId, isWhole } = change
  // A contact that is gone has no form.
  const isHere = useContact(contactId).kind === 'here'
  const isEditable = isHere && (kind === 'create' || kind === 'patch' || kind === 'photo')
  const isGoneForGood = kind === 'restore' && isWhole && refusal?.code === 'not_found'

  function open(path: string) {
    onClose()
    navigate(path)
  }

  const restores = isGoneElsewhere(change)

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
            {restores
              ? refusalText(change)
              : text('waiting.refusal', {
                  reason: isGoneForGood ? text('waiting.goneForGood') : reasonOf(change),
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
        {restores ? (
          <Button
            aria-label={text('waiting.restoreOf', { name: title })}
            onPress={() => void tryAgain(change)}
          >
            {text('waiting.restore')}
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

function reasonOf(change: Waiting): string {
  const isChangedSince = change.kind === 'delete' && change.refusal?.code === 'stale'
  return isChangedSince ? text('waiting.changedSince') : refusalText(change)
}
