import { Component, type ReactNode } from 'react'
import { text } from '../strings/text.ts'
import { Button } from './button.tsx'
import { EmptyState } from './empty-state.tsx'
import { CopyIcon, ReloadIcon, WarningIcon } from './icons.ts'

type Props = {
  /** Another one, and the pane tries again: the address that it shows. */
  resetKey: string
  children: ReactNode
}
type State = { fault: { error: unknown; resetKey: string } | null }

/** Keeps a fault in one pane from the others, and says what to do about it. */
export class ErrorPane extends Component<Props, State> {
  override state: State = { fault: null }

  override componentDidCatch(error: unknown) {
    this.setState({ fault: { error, resetKey: this.props.resetKey } })
  }

  override render() {
    const { fault } = this.state
    if (!fault || fault.resetKey !== this.props.resetKey) return this.props.children
    return <Fault error={fault.error} onReload={() => location.reload()} />
  }
}

function Fault({ error, onReload }: { error: unknown; onReload: () => void }) {
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return (
    <div role="alert">
      <EmptyState
        icon={WarningIcon}
        title={text('ui.fault')}
        actions={
          <>
            <Button variant="primary" icon={ReloadIcon} onPress={onReload}>
              {text('ui.reload')}
            </Button>
            <Button icon={CopyIcon} onPress={() => navigator.clipboard.writeText(details)}>
              {text('ui.copyDetails')}
            </Button>
          </>
        }
      >
        {text('ui.faultNote')}
      </EmptyState>
    </div>
  )
}
