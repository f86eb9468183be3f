import type { Import } from '@kith/server/imports/schema'
import { Preview } from './preview.tsx'
import { Progress } from './progress.tsx'
import { Result } from './result.tsx'
import { Steps, type Step } from './steps.tsx'

/** What an import shows at the step that it has reached. */
export function ImportStep({ row }: { row: Import }) {
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
