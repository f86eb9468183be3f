import type { Import } from '@kith/server/imports/schema'
import { to } from '../routes.ts'
import { text } from '../strings/text.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ImportIcon } from '../ui/icons.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { PageHeading } from '../ui/page-heading.tsx'
import { Page } from '../ui/page.tsx'
import { ServerPane } from '../ui/server-pane.tsx'
import { Preview } from './preview.tsx'
import { Progress } from './progress.tsx'
import { Result } from './result.tsx'
import { Steps, type Step } from './steps.tsx'
import { useImport } from './use-import.ts'

/** An import at the step that it has reached; it may be left, and found again. */
export function ImportScreen({ id }: { id: string }) {
  const state = useImport(id)
  return (
    <Page>
      <PageHeading>{text('imports.title')}</PageHeading>
      <ServerPane
        state={state}
        label={text('imports.title')}
        offline={text('imports.offline')}
        missing={<Missing />}
      >
        {state.kind === 'here' ? <ImportStep row={state.row} /> : null}
      </ServerPane>
    </Page>
  )
}

function ImportStep({ row }: { row: Import }) {
  const step = stepOf(row)
  return (
    <>
      <Steps current={step} />
      {step === 'preview' ? <Preview row={row} /> : null}
      {step === 'file' || step === 'import' ? <Progress row={row} /> : null}
      {step === 'result' ? <Result row={row} /> : null}
    </>
  )
}

/** A dry run that failed never was a preview. */
function stepOf({ dry_run, state }: Import): Step {
  const isRunning = state === 'waiting' || state === 'running'
  if (dry_run) return state === 'done' ? 'preview' : isRunning ? 'file' : 'result'
  return isRunning ? 'import' : 'result'
}

function Missing() {
  return (
    <EmptyState
      icon={ImportIcon}
      title={text('imports.missing')}
      actions={
        <LinkButton to={to.import} variant="primary">
          {text('imports.another')}
        </LinkButton>
      }
    >
      {text('imports.missing-about')}
    </EmptyState>
  )
}
