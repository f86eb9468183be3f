import { worker } from '../data/client.ts'
import { useData } from '../data/state.ts'
import { text } from '../strings/text.ts'
import { notify } from '../ui/toast.tsx'

/** Sends what waits, and what was refused, once more, and asks for changes; a notice says where that cannot be. */
export async function tryAgain(): Promise<void> {
  const isWaiting = useData.getState().waiting.length > 0
  await (isWaiting ? worker.retryWaiting() : worker.syncNow())
  if (useData.getState().sync.kind === 'offline') notify({ title: text('waiting.offline') })
}
