import { labelName } from '@kith/server/book/label-name'
import type { KeyboardEvent } from 'react'
import { text } from '../strings/text.ts'
import { ComboBox } from '../ui/combo-box.tsx'
import { Dot } from '../ui/dot.tsx'
import { Tags } from '../ui/tags.tsx'
import type { Label } from '../worker/calls.ts'
import { labelsField } from './form.ts'
import { findByName, takeTypedLabel, type FormLabels } from './typed-label.ts'
import styles from './labels-field.module.css'

type Props = {
  labels: readonly Label[]
  form: FormLabels
  onChange: (change: Partial<FormLabels>) => void
  fault: string | null
}

const makeOption = 'new label'

/** Labels as tags, with a list to choose from that also makes new ones. */
export function LabelsField({ labels, form, onChange, fault }: Props) {
  const { labelIds: chosen, newLabels: added, typedLabel: typed = '' } = form
  const name = labelName(typed)
  const left = labels.filter((label) => !chosen.includes(label.id))
  const isNew = name !== null && !findByName(labels, name) && !added.includes(name)
  const options = left.map((label) => ({
    id: label.id,
    label: label.name,
    children: (
      <span className={styles.option}>
        <Dot colour={label.colour} /> {label.name}
      </span>
    ),
  }))
  const make = isNew ? [{ id: makeOption, label: text('editing.makeLabel', { name }) }] : []

  const takeTyped = () =>
    onChange(takeTypedLabel({ labelIds: chosen, newLabels: added, typedLabel: typed }, labels))

  function add(label: string) {
    if (label === makeOption) takeTyped()
    else onChange({ labelIds: [...chosen, label], typedLabel: '' })
  }

  /** Enter takes what was typed when no option is pointed at, and never sends the form. */
  function enter(event: KeyboardEvent<HTMLElement>) {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || typed.trim() === '') return
    if (!(event.target instanceof HTMLInputElement)) return
    if (event.target.hasAttribute('aria-activedescendant')) return
    event.preventDefault()
    event.stopPropagation()
    takeTyped()
  }

  const tags = [
    ...labels
      .filter((label) => chosen.includes(label.id))
      .map((label) => ({ id: label.id, label: label.name, colour: label.colour })),
    ...added.map((name) => ({ id: `${makeOption} ${name}`, label: name, colour: null })),
  ]
  return (
    <div className={styles.field} role="presentation" onKeyDownCapture={enter}>
      <ComboBox
        id={labelsField}
        label={text('editing.labels')}
        placeholder={text('editing.labelsHint')}
        options={[...options, ...make]}
        text={typed}
        onTextChange={(typedLabel) => onChange({ typedLabel })}
        onChoose={add}
        // Who goes on, or saves, has said what the label is.
        onBlur={() => {
          if (typed !== '') takeTyped()
        }}
        collects
        // Else the list would be gone before what can be made of the text is one of its options.
        hint={typed === '' ? undefined : text('editing.labelsHint')}
        fault={fault}
      />
      {tags.length > 0 ? (
        <Tags
          label={text('editing.labels')}
          tags={tags}
          onRemove={(id) =>
            onChange({
              labelIds: chosen.filter((label) => label !== id),
              newLabels: added.filter((name) => `${makeOption} ${name}` !== id),
            })
          }
        />
      ) : null}
    </div>
  )
}
