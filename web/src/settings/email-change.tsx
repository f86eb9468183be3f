import { useState } from 'react'
import { text } from '../strings/text.ts'
import { Banner } from '../ui/banner.tsx'
import { Breakable } from '../ui/breakable.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardRow } from '../ui/card.tsx'
import { TextField } from '../ui/text-field.tsx'
import type { User } from '../worker/calls.ts'
import { CardForm } from './card-form.tsx'
import { useFreshUser } from './own-user.ts'
import { useAction } from './use-action.ts'

/** Asks for another address, which a mailed link confirms; until then nothing changes. */
export function EmailChange({ user }: { user: User }) {
  useFreshUser()
  const [isOpen, setOpen] = useState(false)
  const [sentTo, setSentTo] = useState<string | null>(null)
  const change = <Button onPress={() => setOpen(true)}>{text('settings.changeEmail')}</Button>

  function finish(email: string) {
    setOpen(false)
    setSentTo(email)
  }

  return (
    <Card title={text('settings.email')} level={3} note={text('settings.emailNote')}>
      <CardRow end={isOpen ? null : change}>
        <Breakable>{user.email}</Breakable>
      </CardRow>
      {sentTo === null || sentTo === user.email ? null : (
        <p role="status">
          <Banner
            kind="info"
            isAlert={false}
            title={text('settings.emailSent', { email: sentTo })}
          />
        </p>
      )}
      {isOpen ? <NewEmail onDone={finish} onCancel={() => setOpen(false)} /> : null}
    </Card>
  )
}

type Props = { onDone: (email: string) => void; onCancel: () => void }

function NewEmail({ onDone, onCancel }: Props) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const { isPending, fault, run } = useAction()

  async function submit() {
    const body = { email: email.trim(), current_password: password }
    const answer = await run({ method: 'POST', path: '/api/users/me/email', body })
    if (answer) onDone(body.email)
  }

  return (
    <CardForm
      label={text('settings.changeEmail')}
      button={text('settings.sendLink')}
      isPending={isPending}
      fault={fault}
      onSubmit={() => void submit()}
      cancel={<Button onPress={onCancel}>{text('ui.cancel')}</Button>}
    >
      <TextField
        label={text('settings.newEmail')}
        name="email"
        type="email"
        dir="ltr"
        value={email}
        onChange={setEmail}
        autoComplete="email"
        autoFocus
      />
      <TextField
        label={text('settings.password')}
        name="current_password"
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
      />
    </CardForm>
  )
}
