import { useState } from 'react'
import { worker } from '../data/client.ts'
import { downloadFile } from '../data/download.ts'
import { faultOf } from '../data/perform.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { DownloadIcon } from '../ui/icons.ts'
import { Stack } from '../ui/stack.tsx'
import { notify } from '../ui/toast.tsx'
import { Copyable } from './copyable.tsx'
import { Fault } from './fault.tsx'
import { KeyFields, type Scope } from './key-fields.tsx'
import { useAction } from './use-action.ts'

const path = '/api/users/me/app-passwords'

type Made = { id: string; password: string }
type Props = { onMade: () => void; onClose: () => void }

/** Makes an app password, and shows it this once. */
export function NewAppPassword({ onMade, onClose }: Props) {
  const [name, setName] = useState('')
  const [scope, setScope] = useState<Scope>('read_write')
  const [made, setMade] = useState<Made | null>(null)
  const [isCopied, setIsCopied] = useState(false)
  const { isPending, fault, run } = useAction()

  async function make() {
    const body = { name: name.trim() || text('settings.aPhone'), scope }
    const answer = await run({ method: 'POST', path, body })
    if (!answer) return
    setMade(answer.body as Made)
    onMade()
  }

  return (
    <Dialog
      title={text('settings.newAppPassword')}
      isOpen
      isHeld={made !== null && !isCopied}
      onClose={onClose}
      actions={
        made ? (
          <Button variant="primary" onPress={onClose}>
            {text('settings.done')}
          </Button>
        ) : (
          <Button variant="primary" isPending={isPending} onPress={() => void make()}>
            {text('settings.create')}
          </Button>
        )
      }
    >
      {made ? (
        <MadePassword made={made} onCopied={() => setIsCopied(true)} />
      ) : (
        <Stack>
          <Fault>{fault}</Fault>
          <KeyFields
            name={name}
            onNameChange={setName}
            placeholder={text('settings.aPhone')}
            scope={scope}
            onScopeChange={setScope}
            onSubmit={() => void make()}
          />
        </Stack>
      )}
    </Dialog>
  )
}

type MadeProps = { made: Made; onCopied: () => void }

function MadePassword({ made: { id, password }, onCopied }: MadeProps) {
  return (
    <Stack>
      <p role="status">{text('settings.shownOnce')}</p>
      <Copyable value={password} isSecret onCopied={onCopied} />
      <p>{text('settings.profileFileNote')}</p>
      <div>
        <Button icon={DownloadIcon} onPress={() => void downloadProfile(id)}>
          {text('settings.profileFile')}
        </Button>
      </div>
    </Stack>
  )
}

/** For iPhone, iPad and Mac, with the password in it while it is new. */
async function downloadProfile(id: string) {
  const answer = await worker.call({ method: 'GET', path: `${path}/${id}/profile`, as: 'blob' })
  if (answer.status === 200) downloadFile(answer.body as Blob, 'kith.mobileconfig')
  else notify({ title: faultOf(answer), kind: 'fault' })
}
