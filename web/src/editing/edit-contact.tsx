import { useEffect, useMemo, type KeyboardEvent } from 'react'
import { useSearch } from 'wouter'
import { useCommand } from '../commands/handlers.ts'
import { stopTypingAhead } from '../commands/typed-ahead.ts'
import { useSync, useWaiting } from '../data/state.ts'
import { useLabels } from '../data/use-labels.ts'
import { usePhoto } from '../data/use-photo.ts'
import { to } from '../routes.ts'
import { text } from '../strings/text.ts'
import { LazyConflicts } from '../sync/lazy-conflicts.tsx'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { GreyRows } from '../ui/grey-rows.tsx'
import { PersonIcon } from '../ui/icons.ts'
import { LinkButton } from '../ui/link-button.tsx'
import type { Contact, Draft } from '../worker/calls.ts'
import { contactOfDraft } from './draft.ts'
import { EditForm } from './edit-form.tsx'
import { emptyForm, formOf, type Form } from './form.ts'
import { Gone } from './gone.tsx'
import { nameOf } from './names.ts'
import { OtherProperties } from './other-properties.tsx'
import { PhotoField } from './photo-field.tsx'
import { refusalOf } from './refused-changes.ts'
import { useDraft } from './use-draft.ts'
import { useEditing } from './use-editing.ts'
import { useFormActions } from './use-form-actions.ts'
import { useOpened } from './use-opened.ts'
import styles from './edit-contact.module.css'

/** The form of a contact that is there. */
export function EditContact({ id }: { id: string }) {
  const { contact, isMissing } = useOpened(id)
  const draft = useDraft(id)
  const shown = contact ?? (isMissing && draft ? contactOfDraft(draft) : null)
  if (isMissing && shown === null && draft !== undefined) return <Missing />
  if (shown === null || draft === undefined) return <GreyRows label={text('editing.edit')} />
  return <Editor key={id} contact={shown} isGone={isMissing} draft={draft} />
}

/** The form of a contact that is not there yet; `?name=` is what it is to be called. */
export function NewContact() {
  const draft = useDraft('new')
  if (draft === undefined) return null
  return <Editor contact={null} isGone={false} draft={draft} />
}

type EditorProps = {
  contact: Contact | null
  /** Whether it was deleted after the form was opened, now or for the draft. */
  isGone: boolean
  draft: Draft | null
}

function Editor({ contact, isGone, draft }: EditorProps) {
  const name = new URLSearchParams(useSearch()).get('name')
  const waiting = useWaiting()
  const { labels, starred } = useLabels()
  const isOffline = useSync().kind === 'offline'
  const current = useMemo(() => (contact ? formOf(contact) : emptyForm()), [contact])
  const stored = usePhoto(contact?.photo ?? null, 512)
  const refusal = refusalOf(waiting, contact?.id ?? '', current)
  const editing = useEditing({
    contact,
    current,
    draft,
    suggested: name === null ? null : formNamed(name),
    refused: refusal.faults,
  })
  const { form } = editing
  const title = text(contact ? 'editing.edit' : 'editing.new')

  const { save, cancel, remove } = useFormActions({ contact, isGone, current, editing })
  useCommand('save', () => void save())
  useCommand('back', cancel)
  // Behind the effect that gives the first field the focus, if it gets it.
  useEffect(stopTypingAhead, [])

  return (
    <div
      role="presentation"
      onKeyDown={(event) => {
        if (!isLeaving(event)) return
        event.preventDefault()
        cancel()
      }}
    >
      <EditForm
        title={title}
        gone={isGone ? <Gone onRestore={() => void save()} onDiscard={cancel} /> : null}
        conflicts={contact && <LazyConflicts contactId={contact.id} />}
        editing={editing}
        labels={labels.filter(({ id }) => id !== starred?.id)}
        focusesFirst={contact === null || matchMedia('(pointer: fine)').matches}
        photo={
          <PhotoField
            id={contact?.id ?? 'new'}
            name={nameOf(form)}
            isCompany={isCompany(form)}
            photo={stored}
            change={editing.photo}
            onChange={editing.changePhoto}
            isOffline={isOffline}
          />
        }
        refusal={<Refusal sentences={refusal.sentences} />}
        end={
          contact ? (
            <>
              <OtherProperties id={contact.id} />
              <div className={styles.end}>
                <Button
                  variant="plainDanger"
                  isDisabled={isGone}
                  onPress={() => remove(contact.id)}
                >
                  {text('editing.delete')}
                </Button>
              </div>
            </>
          ) : null
        }
        onSave={() => void save()}
        onCancel={cancel}
      />
    </div>
  )
}

/** What an Escape closes by itself. */
const overlays = '[role=dialog], [role=listbox], [role=menu], [role=combobox][aria-expanded=true]'

/** Escape leaves the form, but for one that closes a list. */
function isLeaving({ key, target, defaultPrevented }: KeyboardEvent): boolean {
  if (key !== 'Escape' || defaultPrevented) return false
  return !(target instanceof Element && target.closest(overlays))
}

const isCompany = (form: Form) => form.texts.company !== '' && nameOf(form) === form.texts.company

function formNamed(name: string): Form {
  const form = emptyForm()
  const [first = '', ...others] = name.trim().split(/\s+/)
  return { ...form, texts: { ...form.texts, first_name: first, last_name: others.join(' ') } }
}

function Refusal({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return null
  return (
    <Banner kind="fault" title={text('editing.refused')}>
      {sentences.join(' ')}
    </Banner>
  )
}

function Missing() {
  return (
    <EmptyState
      icon={PersonIcon}
      title={text('editing.missing')}
      actions={
        <LinkButton variant="primary" to={to.trash}>
          {text('editing.openTrash')}
        </LinkButton>
      }
    >
      {text('editing.missingNote')}
    </EmptyState>
  )
}
