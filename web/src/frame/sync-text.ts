import { number } from '../strings/moments.ts'
import { text } from '../strings/text.ts'
import type { SyncState } from '../worker/calls.ts'

/** How things stand, in words: `up to date`, `3 changes waiting`. */
export function syncText(state: SyncState): string {
  switch (state.kind) {
    case 'up-to-date':
      return text('frame.sync.upToDate')
    case 'offline':
      return text('frame.sync.offline')
    case 'reading':
      return text('frame.sync.reading', { done: number(state.done), total: number(state.total) })
    case 'waiting':
      return text('frame.sync.waiting', { count: state.changes })
    default:
      return text('frame.sync.failing')
  }
}
