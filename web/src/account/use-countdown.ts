import { useEffect, useState } from 'react'

/** Seconds that go down to 0, and how to start them. */
export function useCountdown(
  initialSeconds = 0,
): [seconds: number, start: (seconds: number) => void] {
  const [endsAt, setEndsAt] = useState(() => performance.now() + initialSeconds * 1000)
  const [seconds, setSeconds] = useState(initialSeconds)
  const isRunning = seconds > 0

  useEffect(() => {
    if (!isRunning) return undefined
    // By the clock, since timers of hidden tabs are late.
    const tick = () => setSeconds(Math.max(0, Math.ceil((endsAt - performance.now()) / 1000)))
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [isRunning, endsAt])

  function start(from: number) {
    setEndsAt(performance.now() + from * 1000)
    setSeconds(from)
  }
  return [seconds, start]
}
