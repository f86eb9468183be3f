import { trustedUrl } from '../trusted-url.ts'
import { offerVersion } from './offer-version.ts'

const hourMs = 3_600_000

/** Keeps the app's files on this device, and looks for a new version of them. */
export function keepShell(): void {
  // Vite's own server has none.
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const { serviceWorker } = navigator
  const register = () =>
    void serviceWorker.register(trustedUrl('/sw.js')).then(watch, () => {
      // Forbidden by the browser, as in some private windows: the app works, but not offline.
    })
  // The first time there is something to fetch, and browsers report an error where they cannot.
  if (navigator.onLine || serviceWorker.controller) register()
  else addEventListener('online', register, { once: true })
  // The very first one takes over a page that is as new as itself.
  let isNewVersion = serviceWorker.controller !== null
  serviceWorker.addEventListener('controllerchange', () => {
    if (isNewVersion) offerVersion(() => location.reload())
    isNewVersion = true
  })
}

function watch(registration: ServiceWorkerRegistration) {
  const offer = () => {
    const { waiting } = registration
    if (waiting && navigator.serviceWorker.controller) offerVersion(() => use(waiting))
  }
  offer()
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', offer)
  })
  lookHourly(registration)
}

/** The new version takes over all tabs; this one shows it at once, the others when they are reloaded. */
function use(waiting: ServiceWorker) {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload())
  waiting.postMessage({ type: 'SKIP_WAITING' })
}

/** A page may stay open for weeks. */
function lookHourly(registration: ServiceWorkerRegistration) {
  let lookedAt = performance.now()
  document.addEventListener('visibilitychange', () => {
    const isDue = performance.now() - lookedAt > hourMs
    if (document.visibilityState !== 'visible' || !isDue) return
    lookedAt = performance.now()
    void registration.update().catch(() => {})
  })
}
