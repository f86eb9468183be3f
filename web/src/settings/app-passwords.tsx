import { useState } from 'react'
import { useCall } from '../data/call.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { PlusIcon } from '../ui/icons.ts'
import { ServerPane } from '../ui/server-pane.tsx'
import { KeysList, type Key } from './keys-list.tsx'
import { NewAppPassword } from './new-app-password.tsx'
import { useFirstUse } from './use-first-use.ts'
import styles from './rows.module.css'

const path = '/api/users/me/app-passwords'

/** Passwords for one program each. */
export function AppPasswords() {
  const state = useCall<Key[]>(path)
  const [isMaking, setMaking] = useState(false)
  useFirstUse(state.kind === 'here' ? state.value : null, state.reload)
  return (
    <Card
      title={text('settings.appPasswords')}
      level={3}
      note={text('settings.appPasswordsNote')}
      action={
        <Button variant="primary" icon={PlusIcon} onPress={() => setMaking(true)}>
          {text('settings.newAppPassword')}
        </Button>
      }
    >
      <ServerPane
        state={state}
        label={text('settings.appPasswords')}
        offline={text('settings.offline')}
      >
        {state.kind === 'here' ? (
          <KeysList
            label={text('settings.appPasswords')}
            path={path}
            keys={state.value}
            onChanged={state.reload}
            empty={<p className={styles.empty}>{text('settings.noAppPasswords')}</p>}
          />
        ) : null}
      </ServerPane>
      {isMaking ? <NewAppPassword onMade={state.reload} onClose={() => setMaking(false)} /> : null}
    </Card>
  )
}
