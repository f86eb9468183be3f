import { fileURLToPath } from 'node:url'
import optimizeLocales from '@react-aria/optimize-locales-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { firstChunks, readingChunk } from './build/chunks.ts'
import { compileAtOnce } from './build/compile-at-once.ts'
import { earlyThread } from './build/early-thread.ts'
import { pages } from './build/pages.ts'
import { strings } from './build/strings.ts'

const thread = pathOf('src/data/thread.ts')

export default defineConfig({
  // A path without a page is a 404, as on our server.
  appType: 'mpa',
  plugins: [
    react(),
    strings(),
    pages(),
    earlyThread(thread),
    compileAtOnce(['base', 'app']),
    { ...optimizeLocales.vite({ locales: ['en-US', 'de-DE', 'uk-UA', 'ar-AE'] }), enforce: 'pre' },
  ],
  css: { transformer: 'lightningcss' },
  build: {
    target: ['chrome123', 'edge123', 'firefox125', 'safari17.5'],
    manifest: true,
    // All these browsers know `modulepreload`.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_000,
    rolldownOptions: {
      checks: { bundlerTimings: false },
      input: ['index.html', 'account.html', thread],
      output: {
        chunkFileNames: 'assets/[hash].js',
        codeSplitting: {
          groups: firstChunks({
            app: pathOf('src/main.tsx'),
            account: pathOf('src/account/main.tsx'),
            thread,
          }),
        },
      },
    },
  },
  worker: {
    format: 'es',
    rolldownOptions: {
      output: {
        codeSplitting: {
          // They stay where the worker's own file is.
          includeDependenciesRecursively: false,
          groups: [
            readingChunk(pathOf('src/worker/main.ts'), [
              pathOf('src/worker/sync.ts'),
              pathOf('src/worker/edit.ts'),
            ]),
          ],
        },
      },
    },
  },
})

function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url))
}
