/** One tab of an account is the leader: it sends and syncs for all. */
export type Leadership = {
  isLeader: () => boolean
  /** Gives it to the next tab. */
  resign: () => void
}

/** @param onElected called once this tab leads: at once where there are no locks */
export function standForLeader(userId: string, onElected: () => void): Leadership {
  let leads = false
  const elect = () => {
    leads = true
    onElected()
  }
  if (!('locks' in navigator)) {
    elect()
    return { isLeader: () => leads, resign: () => (leads = false) }
  }
  const waiting = new AbortController()
  const { promise: resigned, resolve: resign } = Promise.withResolvers<void>()
  const { signal } = waiting
  navigator.locks
    .request(`kith-${userId}`, { signal }, () => {
      elect()
      return resigned
    })
    // It no longer wants to.
    .catch(() => {})
  return {
    isLeader: () => leads,
    resign() {
      leads = false
      waiting.abort()
      resign()
    },
  }
}
