import { useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { useLocation, useSearch } from 'wouter'
import { useCommand } from '../commands/handlers.ts'
import { focusWhenShown } from '../contacts/focus-heading.ts'
import { addressOfList, besideList, useListAddress } from '../contacts/list-address.ts'
import { trashContacts } from '../contacts/trash-contacts.ts'
import { undo } from '../data/change.ts'
import { worker } from '../data/client.ts'
import { useSync, useWaiting } from '../data/state.ts'
import { useContact } from '../data/use-contact.ts'
import { useLabels } from '../data/use-labels.ts'
import { usePhoto } from '../data/use-photo.ts'
import { to } from '../routes.ts'
import { text } from '../strings/text.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { GreyRows } from '../ui/grey-rows.tsx'
import { PersonIcon } from '../ui/icons.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { notify } from '../ui/toast.tsx'
import type { Contact, Draft } from '../worker/calls.ts'
import { draftOf } from './draft.ts'
import { EditForm } from './edit-form.tsx'
import { focusFaults } from './fault-list.tsx'
import { emptyForm, formOf, type Form } from './form.ts'
import { nameOf } from './names.ts'
import { OtherProperties } from './other-properties.tsx'
import { PhotoField, type PhotoChange } from './photo-field.tsx'
import { refusalOf } from './refused-changes.ts'
import { saveContact } from './save-contact.ts'
import { useDraft } from './use-draft.ts'
import { useEditing } from './use-editing.ts'
import styles from './edit-contact.module.css'

/** The form of a contact that is there. */
export function EditContact({ id }: { id: string }) {
  const found = useContact(id)
  const draft = useDraft(id)
  if (found.kind === 'missing') return <Missing />
  if (found.kind !== 'here' || draft === undefined) {
    return <GreyRows label={text('editing.edit')} />
  }
  return <Editor key={id} contact={found.contact} draft={draft} />
}

/** The form of a contact that is not there yet; `?name=` is what it is to be called. */
export function NewContact() {
  const draft = useDraft('new')
  if (draft === undefined) return null
  return <Editor contact={null} draft={draft} />
}

function Editor({ contact, draft }: { contact: Contact | null; draft: Draft | null }) {
  const [, navigate] = useLocation()
  const name = new URLSearchParams(useSearch()).get('name')
  const waiting = useWaiting()
  const { labels, starred } = useLabels()
  const isOffline = useSync().kind === 'offline'
  const [photo, setPhoto] = useState<PhotoChange>(null)
  const current = useMemo(() => (contact ? formOf(contact) : emptyForm()), [contact])
  const stored = usePhoto(contact?.photo ?? null, 512)
  const refusal = refusalOf(waiting, contact?.id ?? '', current)
  const editing = useEditing({
    draftId: contact?.id ?? 'new',
    contact: current,
    draft,
    suggested: name === null ? null : formNamed(name),
    refused: refusal.faults,
  })
  const { form } = editing
  const list = useListAddress()
  const isSaving = useRef(false)
  const title = text(contact ? 'editing.edit' : 'editing.new')

  async function save() {
    let isRight = false
    flushSync(() => {
      isRight = editing.check()
    })
    if (!isRight) return focusFaults()
    if (isSaving.current) return
    isSaving.current = true
    const everyLabel = starred ? [...labels.filter(({ id }) => id !== starred.id), starred] : labels
    const id = contact?.id ?? null
    const saving = { id, form, base: editing.base, photo, labels: everyLabel }
    const saved = await saveContact(saving).catch(() => null)
    if (saved === null) {
      isSaving.current = false
      notify({ kind: 'fault', title: text('editing.notSaved') })
      return
    }
    editing.finish()
    focusWhenShown(saved.id)
    navigate(besideList(to.contact(saved.id), list), { replace: true })
    if (saved.undo) notifyWith(text('editing.saved', { name: shownName(form) }), saved.undo)
  }

  function leave() {
    if (contact) focusWhenShown(contact.id)
    const address = contact ? besideList(to.contact(contact.id), list) : addressOfList(list)
    navigate(address, { replace: true })
  }

  function cancel() {
    const given = draftOf(contact?.id ?? 'new', form, editing.base, Date.now())
    editing.finish()
    leave()
    if (!given) return
    notify({
      title: text('editing.discarded'),
      undo: () =>
        void worker
          .saveDraft(given)
          .then(() => navigate(besideList(contact ? to.edit(contact.id) : to.new, list))),
    })
  }

  function remove(id: string) {
    editing.finish()
    void trashContacts([{ id, name: shownName(current) }])
    navigate(addressOfList(list), { replace: true })
  }

  useCommand('save', () => void save())
  useCommand('back', cancel)

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
        editing={editing}
        labels={labels.filter(({ id }) => id !== starred?.id)}
        focusesFirst={contact === null || matchMedia('(pointer: fine)').matches}
        photo={
          <PhotoField
            id={contact?.id ?? 'new'}
            name={nameOf(form)}
            isCompany={isCompany(form)}
            photo={stored}
            change={photo}
            onChange={setPhoto}
            isOffline={isOffline}
          />
        }
        refusal={<Refusal sentences={refusal.sentences} />}
        end={
          contact ? (
            <>
              <OtherProperties id={contact.id} />
              <div className={styles.end}>
                <Button variant="plainDanger" onPress={() => remove(contact.id)}>
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

function notifyWith(title: string, done: Parameters<typeof undo>[0]) {
  notify({ title, kind: 'done', undo: () => void undo(done) })
}

/** What an Escape closes by itself. */
const overlays = '[role=dialog], [role=listbox], [role=menu], [role=combobox][aria-expanded=true]'

/** Escape leaves the form, but for one that closes a list. */
function isLeaving({ key, target, defaultPrevented }: KeyboardEvent): boolean {
  if (key !== 'Escape' || defaultPrevented) return false
  return !(target instanceof Element && target.closest(overlays))
}

const shownName = (form: Form) => nameOf(form) || text('editing.someone')
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
