import { number } from '../strings/moments.ts'
import { text } from '../strings/text.ts'
import type { SyncState } from '../worker/calls.ts'

/**
 * How things stand, in words: `up to date`, `3 changes waiting`.
 * @param choices how many changes somebody has to choose of
 */
export function syncText(state: SyncState, choices = 0): string {
  switch (state.kind) {
    case 'up-to-date':
      return choices > 0 ? choicesText(choices) : text('frame.sync.upToDate')
    case 'offline':
      return text('frame.sync.offline')
    case 'reading':
      return text('frame.sync.reading', { done: number(state.done), total: number(state.total) })
    case 'waiting':
      return text('frame.sync.waiting', { count: state.changes })
    case 'unknown':
      return text('frame.sync.unknown')
    case 'full':
      return text('frame.sync.full')
    default:
      return text('frame.sync.failing')
  }
}

export const choicesText = (count: number) => text('frame.sync.choices', { count })
