// The service worker: keeps the shell of the app, so that it opens without a network, and never an answer
// of the API. A new version waits until somebody reloads for it.
import { Route, Serwist, type PrecacheEntry } from 'serwist'
import { isAppPath } from './routes.ts'

declare const self: typeof globalThis & { __SW_MANIFEST: PrecacheEntry[] }

/** Where `index.html` is served, and kept. */
const shell = '/'

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
serwist.addEventListeners()
