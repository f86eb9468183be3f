// The service worker: keeps the shell of the app and the signed-out pages, so that they open without a network, and
// never an answer of the API. A new version waits until somebody reloads for it.
import { Route, Serwist, type PrecacheEntry } from 'serwist'
import { isAccountPath, isAppPath } from './routes.ts'

declare const self: typeof globalThis & { __SW_MANIFEST: PrecacheEntry[] }

/** Where `index.html` is served, and kept. */
const shell = '/'

/** Where `account.html` is; `build/service-worker.ts` puts it among what is kept. */
const signedOut = '/login'

const serwist = new Serwist({
  precacheEntries: self.__SW_MANIFEST,
  precacheOptions: { cleanupOutdatedCaches: true, directoryIndex: null },
  // Whoever opens the app for the first time has it offline at once.
  clientsClaim: true,
  disableDevLogs: true,
})

serwist.registerRoute(
  new Route(
    ({ request, url, sameOrigin }) =>
      sameOrigin && request.mode === 'navigate' && isAppPath(url.pathname),
    serwist.createHandlerBoundToUrl(shell),
  ),
)
// As new as the server has them: somebody without a session has nothing on the device to be shown at once.
serwist.registerRoute(
  new Route(
    ({ request, url, sameOrigin }) =>
      sameOrigin && request.mode === 'navigate' && isAccountPath(url.pathname),
    async ({ request }) => {
      try {
        return await fetch(request)
      } catch {
        return (await serwist.matchPrecache(signedOut)) ?? Response.error()
      }
    },
  ),
)
serwist.addEventListeners()
