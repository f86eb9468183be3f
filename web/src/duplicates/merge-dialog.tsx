import { useState } from 'react'
import { text } from '../strings/text.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import type { Contact } from '../worker/calls.ts'
import {
  choicesOf,
  listFields,
  mergeRequest,
  nothingChosen,
  singleFields,
  type Chosen,
} from './choices.ts'
import { ContactTile } from './contact-tile.tsx'
import { MergeResult } from './merge-result.tsx'
import { merge, notifyMerged } from './merge.ts'
import { SingleChoice } from './single-choice.tsx'
import { useMergePreview } from './use-merge-preview.ts'
import { ValueChoices } from './value-choices.tsx'
import styles from './merge-dialog.module.css'

type Props = {
  contacts: readonly Contact[]
  /** What they would become, if that is known already: its id is that of the one which stays. */
  suggested: Contact | null
  onClose: () => void
  onMerged: () => void | Promise<void>
}

/** Contacts side by side, what differs to be chosen, and what they become. */
export function MergeDialog({ contacts, suggested, onClose, onMerged }: Props) {
  const [chosen, setChosen] = useState<Chosen>(nothingChosen)
  const [isPending, setIsPending] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const into = suggested?.id ?? contacts[0]?.id ?? ''
  const preview = useMergePreview(contacts, into, chosen.singles, suggested)
  const { joined } = preview
  const shownFault = fault ?? preview.fault
  const choices = choicesOf(contacts)

  async function mergeNow() {
    setFault(null)
    if (!joined) return
    setIsPending(true)
    const fields = { ...singleFields(chosen.singles, contacts), ...listFields(chosen.left, joined) }
    const merged = await merge(mergeRequest(contacts, into, fields))
    if (merged.kind === 'merged') {
      await onMerged()
      onClose()
      notifyMerged(merged.answer, onMerged)
    } else {
      setIsPending(false)
      setFault(merged.kind === 'stale' ? text('duplicates.stale') : merged.detail)
    }
  }

  return (
    <Dialog
      title={text('duplicates.dialog', { count: contacts.length })}
      width="wide"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{text('duplicates.cancel')}</Button>
          <Button
            variant="primary"
            isPending={isPending}
            isDisabled={joined === null}
            onPress={mergeNow}
          >
            {text('duplicates.merge')}
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        {shownFault ? <Banner kind="fault" title={shownFault} /> : null}
        <div className={styles.tiles}>
          {contacts.map((contact) => (
            <ContactTile key={contact.id} contact={contact} />
          ))}
        </div>
        {choices.length > 0 ? (
          <section className={styles.choices}>
            <h3 className={styles.title}>{text('duplicates.choose')}</h3>
            <p className={styles.note}>{text('duplicates.choose-about')}</p>
            {choices.map((choice) => (
              <SingleChoice
                key={choice.single}
                choice={choice}
                joined={joined}
                chosen={chosen.singles[choice.single]}
                onChoose={(from) =>
                  setChosen({
                    ...chosen,
                    singles: { ...chosen.singles, [choice.single]: from },
                  })
                }
              />
            ))}
          </section>
        ) : null}
        {joined ? (
          <>
            <ValueChoices
              joined={joined}
              left={chosen.left}
              onChange={(left) => setChosen({ ...chosen, left })}
            />
            <MergeResult joined={joined} left={chosen.left} />
          </>
        ) : null}
      </div>
    </Dialog>
  )
}
