import type { Import } from '@kith/server/imports/schema'
import { useState } from 'react'
import { text } from '../strings/text.ts'
import { AlertDialog } from '../ui/alert-dialog.tsx'
import { Button } from '../ui/button.tsx'
import { UndoIcon } from '../ui/icons.ts'
import { undoImport } from './upload.ts'

type Props = { row: Import; nameId?: string; hasIcon?: boolean }

/** Undoes an import once somebody has read what that does: there is no way back. @param nameId of its file's name */
export function UndoImport({ row: { id, created, updated }, nameId, hasIcon = false }: Props) {
  const [isAsking, setIsAsking] = useState(false)
  const [isPending, setIsPending] = useState(false)

  async function undo() {
    setIsPending(true)
    await undoImport(id)
    setIsPending(false)
    setIsAsking(false)
  }

  if (created + updated === 0) return null
  return (
    <>
      <Button
        icon={hasIcon ? UndoIcon : undefined}
        aria-describedby={nameId}
        onPress={() => setIsAsking(true)}
      >
        {text('imports.undo')}
      </Button>
      <AlertDialog
        title={text('imports.undo-question')}
        isOpen={isAsking}
        action={text('imports.undo')}
        onAction={() => void undo()}
        isPending={isPending}
        onCancel={() => setIsAsking(false)}
      >
        {created > 0 ? <p>{text('imports.undo-created', { count: created })}</p> : null}
        {updated > 0 ? <p>{text('imports.undo-updated', { count: updated })}</p> : null}
        <p>{text('imports.undo-kept')}</p>
      </AlertDialog>
    </>
  )
}
