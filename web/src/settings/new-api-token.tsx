import { useState } from 'react'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Select } from '../ui/select.tsx'
import { Stack } from '../ui/stack.tsx'
import { Copyable } from './copyable.tsx'
import { Fault } from './fault.tsx'
import { KeyFields, type Scope } from './key-fields.tsx'
import { useAction } from './use-action.ts'

const lifetimes = ['30', '90', '365', 'never'] as const
const dayMs = 86_400_000

type Props = { onMade: () => void; onClose: () => void }

/** Makes an API token, and shows it this once. */
export function NewApiToken({ onMade, onClose }: Props) {
  const [name, setName] = useState('')
  const [scope, setScope] = useState<Scope>('read_only')
  const [lifetime, setLifetime] = useState<(typeof lifetimes)[number]>('90')
  const [token, setToken] = useState<string | null>(null)
  const [isCopied, setIsCopied] = useState(false)
  const { isPending, fault, run } = useAction()

  async function make() {
    const body = {
      name: name.trim() || text('settings.aScript'),
      scope,
      expires_at: lifetime === 'never' ? null : inDays(Number(lifetime)),
    }
    const answer = await run({ method: 'POST', path: '/api/users/me/tokens', body })
    if (!answer) return
    setToken((answer.body as { token: string }).token)
    onMade()
  }

  return (
    <Dialog
      title={text('settings.newApiToken')}
      isOpen
      isHeld={token !== null && !isCopied}
      onClose={onClose}
      actions={
        token === null ? (
          <Button variant="primary" isPending={isPending} onPress={() => void make()}>
            {text('settings.create')}
          </Button>
        ) : (
          <Button variant="primary" onPress={onClose}>
            {text('settings.done')}
          </Button>
        )
      }
    >
      {token === null ? (
        <Stack>
          <Fault>{fault}</Fault>
          <KeyFields
            name={name}
            onNameChange={setName}
            placeholder={text('settings.aScript')}
            scope={scope}
            onScopeChange={setScope}
            onSubmit={() => void make()}
          />
          <Select
            label={text('settings.lifetime')}
            options={lifetimes.map((value) => ({ value, label: lifetimeOf(value) }))}
            value={lifetime}
            onChange={setLifetime}
          />
        </Stack>
      ) : (
        <Stack>
          <p role="status">{text('settings.shownOnce')}</p>
          <Copyable value={token} isSecret onCopied={() => setIsCopied(true)} />
        </Stack>
      )}
    </Dialog>
  )
}

const inDays = (days: number) => new Date(Date.now() + days * dayMs).toISOString()

function lifetimeOf(value: (typeof lifetimes)[number]): string {
  if (value === 'never') return text('settings.neverExpires')
  return text('settings.days', { count: Number(value) })
}
