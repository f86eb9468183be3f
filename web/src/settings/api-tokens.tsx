import { useState } from 'react'
import { useCall } from '../data/call.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { PlusIcon } from '../ui/icons.ts'
import { ServerPane } from '../ui/server-pane.tsx'
import { KeysList, type Key } from './keys-list.tsx'
import { NewApiToken } from './new-api-token.tsx'
import styles from './rows.module.css'

const path = '/api/users/me/tokens'

/** What lets scripts in. */
export function ApiTokens() {
  const state = useCall<Key[]>(path)
  const [isMaking, setMaking] = useState(false)
  return (
    <Card
      title={text('settings.apiTokens')}
      level={3}
      note={text('settings.apiTokensNote')}
      action={
        <Button icon={PlusIcon} onPress={() => setMaking(true)}>
          {text('settings.newApiToken')}
        </Button>
      }
    >
      <ServerPane
        state={state}
        label={text('settings.apiTokens')}
        offline={text('settings.offline')}
      >
        {state.kind === 'here' ? (
          <KeysList
            label={text('settings.apiTokens')}
            path={path}
            keys={state.value}
            onChanged={state.reload}
            empty={<p className={styles.empty}>{text('settings.noApiTokens')}</p>}
          />
        ) : null}
      </ServerPane>
      {isMaking ? <NewApiToken onMade={state.reload} onClose={() => setMaking(false)} /> : null}
    </Card>
  )
}
