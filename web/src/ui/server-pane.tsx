import type { ReactNode } from 'react'
import { text } from '../strings/text.ts'
import { Button } from './button.tsx'
import { EmptyState } from './empty-state.tsx'
import { GreyRows } from './grey-rows.tsx'
import { CloudOffIcon, ReloadIcon, WarningIcon } from './icons.ts'

type Props = {
  state: (
    | { kind: 'loading' | 'offline' | 'missing' | 'here' }
    | { kind: 'failed'; detail: string }
  ) & { reload: () => void }
  /** Names what is being fetched. */
  label: string
  /** What cannot be done without the server. */
  offline: string
  /** In place of what the server does not have. */
  missing?: ReactNode
  children: ReactNode
}

/** A pane of what only the server has, in all its states; the children are for when it is here. */
export function ServerPane({ state, label, offline, missing, children }: Props) {
  const again = (
    <Button icon={ReloadIcon} onPress={state.reload}>
      {text('ui.again')}
    </Button>
  )
  if (state.kind === 'failed') {
    return (
      <EmptyState icon={WarningIcon} title={text('ui.fault')} actions={again} isStatus>
        {state.detail || text('ui.faultNote')}
      </EmptyState>
    )
  }
  if (state.kind === 'here') return children
  if (state.kind === 'loading') return <GreyRows label={label} />
  if (state.kind === 'missing') return missing
  return (
    <EmptyState icon={CloudOffIcon} title={offline} actions={again} isStatus>
      {text('ui.offlineNote')}
    </EmptyState>
  )
}
