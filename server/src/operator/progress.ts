import type { Report } from '../backup/report.ts'
import { count } from './layout.ts'

const redrawMs = 100
const lineMs = 10_000

type Screen = Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>

/** Shows how far work is: on one line that is written again, or where nobody looks, now and then. */
export function showProgress(screen: Screen): Disposable & { report: Report } {
  let drawnAt = -Infinity
  let isDrawn = false
  const clear = () => {
    if (isDrawn) screen.write('\r\u001B[K')
    isDrawn = false
  }
  const redraw = (text: string) => {
    clear()
    screen.write(text.slice(0, (screen.columns || 80) - 1))
    isDrawn = true
  }
  return {
    report(current, done, total) {
      const now = performance.now()
      if (now - drawnAt < (screen.isTTY ? redrawMs : lineMs)) return
      drawnAt = now
      const text = sentenceOf(current, done, total)
      if (screen.isTTY) redraw(text)
      else screen.write(`${text}\n`)
    },
    [Symbol.dispose]: clear,
  }
}

function sentenceOf(step: string, done: number, total: number | undefined): string {
  if (done === 0) return `${step} …`
  if (total === undefined) return `${step}: ${count(done)}`
  return `${step}: ${count(done)} of ${count(total)} (${Math.floor((done / total) * 100)} %)`
}
