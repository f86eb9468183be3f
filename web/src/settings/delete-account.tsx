import { useState } from 'react'
import { worker } from '../data/client.ts'
import { text } from '../strings/text.ts'
import { AlertDialog } from '../ui/alert-dialog.tsx'
import { Stack } from '../ui/stack.tsx'
import { TextField } from '../ui/text-field.tsx'
import { Fault } from './fault.tsx'
import { useAction } from './use-action.ts'

/** Asks for the password, deletes the account, and wipes this device. */
export function DeleteAccount({ onClose }: { onClose: () => void }) {
  const [password, setPassword] = useState('')
  const { isPending, fault, run } = useAction()

  async function remove() {
    if (password === '') return
    const answer = await run({ method: 'DELETE', path: '/api/users/me', body: { password } })
    if (answer) await worker.signOut('discard', false)
  }

  return (
    <AlertDialog
      title={text('settings.deleteTitle')}
      isOpen
      action={text('settings.deleteAccount')}
      onAction={() => void remove()}
      isPending={isPending}
      isForm
      onCancel={onClose}
    >
      <Stack>
        <p>{text('settings.deleteWarning')}</p>
        <Fault>{fault}</Fault>
        <TextField
          label={text('settings.password')}
          name="password"
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          autoFocus
        />
      </Stack>
    </AlertDialog>
  )
}
