import { useEffect, useState } from 'react'
import { useSync } from '../data/state.ts'
import { currentLocale, text } from '../strings/text.ts'
import styles from './waiting-list.module.css'

/** When what waits is tried again, where the server asked to wait. */
export function SendsAgain() {
  const sync = useSync()
  const at = sync.kind === 'waiting' ? sync.sendsAgainAt : null
  return at === null ? null : <Countdown key={at} at={at} />
}

function Countdown({ at }: { at: number }) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.ceil((at - now) / 1_000)
  if (seconds <= 0) return null
  const format = new Intl.NumberFormat(currentLocale(), { style: 'unit', unit: 'second' })
  return <p className={styles.note}>{text('waiting.again', { time: format.format(seconds) })}</p>
}
