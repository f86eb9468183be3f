import type { Plugin } from 'vite'

/**
 * Has the app's page run an entry of its own as soon as that is there: the start of the data worker, which reads
 * what is on this device while the page still loads what it shows.
 */
export function earlyThread(module: string): Plugin {
  return {
    name: 'early-thread',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { path, bundle = {} }) {
        if (path !== '/index.html') return []
        const entry = Object.values(bundle).find(
          (file) => file.type === 'chunk' && file.facadeModuleId === module,
        )
        if (!entry) throw new Error(`${module} was not built`)
        const attrs = { type: 'module', async: true, crossorigin: true, src: `/${entry.fileName}` }
        return [{ tag: 'script', attrs, injectTo: 'head' }]
      },
    },
  }
}
