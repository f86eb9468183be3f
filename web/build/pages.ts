import type { Plugin } from 'vite'
import { accountPaths, appPaths } from '../src/routes.ts'

/** Shows the pages of the app at their addresses on Vite's server, as ours does with what is built. */
export function pages(): Plugin {
  const entries = [
    ...matchersOf(accountPaths, '/account.html'),
    ...matchersOf(appPaths, '/index.html'),
  ]
  return {
    name: 'pages',
    configureServer({ middlewares }) {
      middlewares.use((request, _response, next) => {
        const [pathname = '/'] = (request.url ?? '/').split('?', 1)
        const found = entries.find(({ pattern }) => pattern.test({ pathname }))
        if (found) request.url = found.entry
        next()
      })
    },
  }
}

function matchersOf(paths: readonly string[], entry: string) {
  return paths.map((pathname) => ({ pattern: new URLPattern({ pathname }), entry }))
}
