import { labelName } from '@kith/server/book/label-name'
import { useState } from 'react'
import { call } from '../data/call.ts'
import { worker } from '../data/client.ts'
import { text, type Message } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import type { Swatch } from '../ui/dot.tsx'
import { SwatchPicker } from '../ui/swatch-picker.tsx'
import { TextField } from '../ui/text-field.tsx'
import type { Label } from '../worker/calls.ts'
import { labelColours } from './label-colours.ts'
import styles from './label-dialog.module.css'

type Props = { label: Label | null; onClose: () => void }

/** Makes a label, or changes the name and the colour of one. */
export function LabelDialog({ label, onClose }: Props) {
  const [name, setName] = useState(label?.name ?? '')
  const [colour, setColour] = useState<Swatch>(label?.colour ?? null)
  const [fault, setFault] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)

  async function save() {
    if (labelName(name) === null) return setFault(text('labels.nameNeeded'))
    setPending(true)
    const answer = await call<{ code?: string } | null>({
      ...(label
        ? { method: 'PATCH', path: `/api/labels/${label.id}` }
        : { method: 'POST', path: '/api/labels' }),
      body: { name: name.trim(), colour },
    })
    setPending(false)
    if (answer.status >= 300 || answer.status === 0) return setFault(faultOf(answer))
    onClose()
    await worker.syncNow()
  }

  return (
    <Dialog
      title={text(label ? 'labels.editTitle' : 'labels.new')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{text('labels.cancel')}</Button>
          <Button variant="primary" type="submit" form={formId} isPending={isPending}>
            {text(label ? 'labels.save' : 'labels.create')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!isPending) void save()
        }}
      >
        <TextField
          label={text('labels.name')}
          value={name}
          onChange={setName}
          fault={fault}
          autoComplete="off"
          autoFocus
        />
        <SwatchPicker
          label={text('labels.colour')}
          options={swatchesWith(label?.colour ?? null)}
          value={colour}
          onChange={setColour}
        />
      </form>
    </Dialog>
  )
}

const formId = 'label-form'

function faultOf({ status, body }: { status: number; body: { code?: string } | null }): string {
  if (status === 0) return text('labels.offline')
  return text(faults[body?.code ?? ''] ?? 'labels.failed')
}

const faults: Record<string, Message | undefined> = {
  label_exists: 'labels.exists',
  too_many_labels: 'labels.tooMany',
}

/** What may be chosen: none, ours, and the colour that another program gave the label. */
function swatchesWith(present: Swatch): { colour: Swatch; name: string }[] {
  const ours = labelColours.map(({ name, colour }) => ({ colour, name: text(`labels.${name}`) }))
  const isOurs = present === null || ours.some(({ colour }) => colour === present)
  return [
    { colour: null, name: text('labels.noColour') },
    ...ours,
    ...(isOurs ? [] : [{ colour: present, name: present }]),
  ]
}
