import { lazy, Suspense } from 'react'
import { to } from '../routes.ts'
import { text } from '../strings/text.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { GreyRows } from '../ui/grey-rows.tsx'
import { ImportIcon } from '../ui/icons.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { PageHeading } from '../ui/page-heading.tsx'
import { Page } from '../ui/page.tsx'
import { ServerPane } from '../ui/server-pane.tsx'
import { useImport } from './use-import.ts'
import { withRemarks } from './with-remarks.ts'

const ImportStep = lazy(async () => ({
  default: (await withRemarks(import('./import-step.tsx'))).ImportStep,
}))

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
        {state.kind === 'here' ? (
          <Suspense fallback={<GreyRows label={text('imports.title')} />}>
            <ImportStep row={state.row} />
          </Suspense>
        ) : null}
      </ServerPane>
    </Page>
  )
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
