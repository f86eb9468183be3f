import type { ListField } from '@kith/server/book/fields'
import type { ReactNode } from 'react'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { CloseIcon } from '../ui/icons.ts'
import { TextField } from '../ui/text-field.tsx'
import type { Label } from '../worker/calls.ts'
import { BirthdayField } from './birthday-field.tsx'
import { DraftNote } from './draft-note.tsx'
import { FaultList } from './fault-list.tsx'
import { faultsByField } from './fault-texts.ts'
import { birthdayField, labelsField, textField } from './form.ts'
import { LabelsField } from './labels-field.tsx'
import { NamesFields } from './names-fields.tsx'
import { RowsCard } from './rows-card.tsx'
import type { Editing } from './use-editing.ts'
import styles from './edit-form.module.css'

type Props = {
  title: string
  /** What is to be known of a contact that was deleted meanwhile; null while it is there. */
  gone: ReactNode
  /** The fields that were changed here and elsewhere. */
  conflicts: ReactNode
  editing: Editing
  labels: readonly Label[]
  /** Whether the first name gets the focus. */
  focusesFirst: boolean
  photo: ReactNode
  /** What the server said of a change that it did not take, where it named no field. */
  refusal: ReactNode
  /** What comes after all fields. */
  end: ReactNode
  onSave: () => void
  onCancel: () => void
}

/** The lists before and after the birthday. */
const reach = ['phones', 'emails', 'addresses'] as const satisfies ListField[]
const further = [
  'dates',
  'links',
  'messengers',
  'relations',
  'custom_fields',
] as const satisfies ListField[]

/** Every field of a contact, with a bar on top that saves or gives up. */
export function EditForm(props: Props) {
  const { title, editing, labels, onSave, onCancel } = props
  const { form, edit } = editing
  const faults = faultsByField(editing.faults)
  const list = (name: ListField) => (
    <RowsCard
      key={name}
      list={name}
      rows={form.lists[name]}
      onChange={(rows) => edit({ lists: { ...form.lists, [name]: rows } })}
      faults={faults}
    />
  )
  return (
    <form
      aria-label={title}
      noValidate
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        onSave()
      }}
    >
      <header className={styles.top}>
        <div className={styles.bar}>
          <Button variant="plain" icon={CloseIcon} onPress={onCancel}>
            {text('editing.cancel')}
          </Button>
          <h2 className={styles.title}>{title}</h2>
          <Button variant="primary" type="submit" shortcut="Control+S">
            {text('editing.save')}
          </Button>
        </div>
        {props.gone}
      </header>
      <div className={styles.fields}>
        {editing.draftFrom === null || props.gone ? null : (
          <DraftNote at={editing.draftFrom} onDiscard={editing.discardDraft} />
        )}
        {props.conflicts}
        <FaultList faults={editing.faults} />
        {props.refusal}
        {props.photo}
        <NamesFields
          texts={form.texts}
          onChange={(field, value) => edit({ texts: { ...form.texts, [field]: value } })}
          faults={faults}
          focusesFirst={props.focusesFirst}
        />
        {reach.map(list)}
        <BirthdayField
          birthday={form.birthday}
          onChange={(birthday) => edit({ birthday })}
          fault={faults.get(birthdayField) ?? null}
        />
        {further.map(list)}
        <LabelsField
          labels={labels}
          form={form}
          onChange={edit}
          fault={faults.get(labelsField) ?? null}
        />
        <TextField
          id={textField('additional_data')}
          label={text('editing.notes')}
          value={form.texts.additional_data}
          onChange={(notes) => edit({ texts: { ...form.texts, additional_data: notes } })}
          fault={faults.get(textField('additional_data')) ?? null}
          multiline
        />
        {props.end}
      </div>
    </form>
  )
}
