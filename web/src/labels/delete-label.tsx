import { useState } from 'react'
import { text } from '../strings/text.ts'
import { AlertDialog } from '../ui/alert-dialog.tsx'
import { notify } from '../ui/toast.tsx'
import type { Label } from '../worker/calls.ts'
import { deleteLabel } from './label-deletion.ts'

type Props = { label: Label; count: number; onClose: () => void }

/** Asks whether the contacts of a label go with it. */
export function DeleteLabel({ label, count, onClose }: Props) {
  const [isPending, setPending] = useState(false)

  async function remove(contacts: 'keep' | 'trash') {
    setPending(true)
    const undo = await deleteLabel(label, contacts)
    onClose()
    if (!undo) return notify({ kind: 'fault', title: text('labels.failed') })
    return notify({ title: text('labels.deleted', { name: label.name }), undo })
  }

  return (
    <AlertDialog
      title={text('labels.deleteTitle', { name: label.name })}
      isOpen
      action={text('labels.deleteAlone')}
      isPending={isPending}
      onAction={() => void remove('keep')}
      otherAction={
        count > 0
          ? { label: text('labels.deleteWith', { count }), onAction: () => void remove('trash') }
          : undefined
      }
      onCancel={onClose}
    >
      {text('labels.deleteNote', { count })}
      {count > 0 ? ` ${text('labels.deleteWithNote')}` : null}
    </AlertDialog>
  )
}
