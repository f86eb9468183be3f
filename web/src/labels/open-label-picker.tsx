import { labelKey, labelName } from '@kith/server/book/label-name'
import { useEffect, useState } from 'react'
import { changeContacts } from '../data/change.ts'
import { worker } from '../data/client.ts'
import { contactsChanged } from '../data/signals.ts'
import { useLabels } from '../data/use-labels.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Dot } from '../ui/dot.tsx'
import { PlusIcon } from '../ui/icons.ts'
import { TextField } from '../ui/text-field.tsx'
import { notify } from '../ui/toast.tsx'
import type { Change, Contact } from '../worker/calls.ts'
import { labelChanges, newLabelChanges, shareOf } from './pick-labels.ts'
import styles from './label-picker.module.css'

type Props = { ids: readonly string[]; onClose: () => void }

/** Gives labels to contacts and takes them away, each at once; a new name makes a label. */
export function OpenLabelPicker({ ids, onClose }: Props) {
  const { labels, starred } = useLabels()
  const [typed, setTyped] = useState('')
  const contacts = useContacts(ids)
  const wanted = labelKey(typed.trim())
  const offered = labels.filter(({ id }) => id !== starred?.id)
  const shown = offered.filter(({ name }) => labelKey(name).includes(wanted))
  const name = labelName(typed)
  const isNew = name !== null && !labels.some((label) => labelKey(label.name) === labelKey(name))

  async function apply(changes: Change[], message: 'labels.given' | 'labels.taken', name: string) {
    if (changes.length === 0) return
    const title = text(message, { count: changes.length, name })
    const undo = await changeContacts(changes, { title, ids: changes.map(({ id }) => id) })
    if (undo) notify({ title, kind: 'done', undo })
  }

  function make(name: string) {
    setTyped('')
    void apply(newLabelChanges(contacts, name), 'labels.given', name)
  }

  function enter() {
    const [only] = shown
    if (isNew && shown.length === 0) return make(name)
    if (!only || shown.length > 1) return undefined
    const isGiven = shareOf(contacts, only) !== 'all'
    const message = isGiven ? 'labels.given' : 'labels.taken'
    return void apply(labelChanges(contacts, only, isGiven), message, only.name)
  }

  return (
    <Dialog
      title={text('labels.pickTitle', { count: ids.length })}
      isOpen
      onClose={onClose}
      actions={
        <Button variant="primary" onPress={onClose}>
          {text('labels.done')}
        </Button>
      }
    >
      <form
        noValidate
        className={styles.picker}
        onSubmit={(event) => {
          event.preventDefault()
          enter()
        }}
      >
        <TextField
          aria-label={text('labels.filter')}
          placeholder={text('labels.filter')}
          value={typed}
          onChange={setTyped}
          autoComplete="off"
          autoFocus
        />
        <ul aria-label={text('labels.list')} className={styles.list}>
          {shown.map((label) => {
            const share = shareOf(contacts, label)
            return (
              <li key={label.id}>
                <Checkbox
                  isSelected={share === 'all'}
                  isIndeterminate={share === 'some'}
                  onChange={() => {
                    const isGiven = share !== 'all'
                    const message = isGiven ? 'labels.given' : 'labels.taken'
                    void apply(labelChanges(contacts, label, isGiven), message, label.name)
                  }}
                >
                  <span className={styles.label}>
                    <Dot colour={label.colour} />
                    {label.name}
                  </span>
                </Checkbox>
              </li>
            )
          })}
        </ul>
        {isNew ? (
          <div>
            <Button variant="accent" icon={PlusIcon} onPress={() => make(name)}>
              {text('labels.make', { name })}
            </Button>
          </div>
        ) : null}
      </form>
    </Dialog>
  )
}

/** The contacts as they are now, and whenever they change. */
function useContacts(ids: readonly string[]): Contact[] {
  const [contacts, setContacts] = useState<Contact[]>([])
  const key = ids.join(' ')
  useEffect(() => {
    let isCurrent = true
    const read = () =>
      void worker.contacts(key.split(' ')).then((contacts) => isCurrent && setContacts(contacts))
    read()
    const unsubscribe = contactsChanged.subscribe(read)
    return () => {
      isCurrent = false
      unsubscribe()
    }
  }, [key])
  return contacts
}
