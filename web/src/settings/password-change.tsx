import { useState } from 'react'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { Card, CardRow } from '../ui/card.tsx'
import { TextField } from '../ui/text-field.tsx'
import { notify } from '../ui/toast.tsx'
import { CardForm } from './card-form.tsx'
import { useAction } from './use-action.ts'

const shortest = 8

/** Sets another password, which ends the sessions of all other devices. */
export function PasswordChange() {
  const [isOpen, setOpen] = useState(false)
  const change = <Button onPress={() => setOpen(true)}>{text('settings.changePassword')}</Button>
  return (
    <Card note={isOpen ? text('settings.changePasswordNote') : undefined}>
      <CardRow end={isOpen ? null : change}>{text('settings.password')}</CardRow>
      {isOpen ? <NewPassword onClose={() => setOpen(false)} /> : null}
    </Card>
  )
}

function NewPassword({ onClose }: { onClose: () => void }) {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [isTooShort, setTooShort] = useState(false)
  const { isPending, fault, run } = useAction()

  async function submit() {
    setTooShort(next.length < shortest)
    if (next.length < shortest) return
    const body = { current_password: current, new_password: next }
    const answer = await run({ method: 'POST', path: '/api/auth/change_password', body })
    if (!answer) return
    notify({ title: text('settings.passwordChanged'), kind: 'done' })
    onClose()
  }

  return (
    <CardForm
      label={text('settings.changePassword')}
      button={text('settings.savePassword')}
      isPending={isPending}
      fault={fault}
      onSubmit={() => void submit()}
      cancel={<Button onPress={onClose}>{text('ui.cancel')}</Button>}
    >
      <TextField
        label={text('settings.currentPassword')}
        name="current_password"
        type="password"
        value={current}
        onChange={setCurrent}
        autoComplete="current-password"
        autoFocus
      />
      <TextField
        label={text('settings.newPassword')}
        description={text('settings.passwordRule')}
        name="new_password"
        type="password"
        value={next}
        onChange={setNext}
        fault={isTooShort ? text('settings.passwordRule') : null}
        autoComplete="new-password"
      />
    </CardForm>
  )
}
