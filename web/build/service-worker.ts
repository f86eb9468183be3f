import { serwist } from '@serwist/vite'
import type { PluginOption } from 'vite'

const addressesOfPages: Record<string, string> = { 'index.html': '/', 'account.html': '/login' }

const addressOf = (file: string) => addressesOfPages[file] ?? `/${file}`

/** Builds `sw.js`, which keeps all of the app's files, and those of the signed-out pages. */
export function serviceWorker(outDir: string): PluginOption {
  return serwist({
    swSrc: 'src/sw.ts',
    swDest: `${outDir}/sw.js`,
    globDirectory: outDir,
    globPatterns: ['**/*.{js,css,svg,png,webmanifest}', 'index.html', 'account.html'],
    // The system fetches the large icons once, when the app is installed.
    globIgnores: ['sw.js', 'icon-512.png', 'icon-maskable.png'],
    injectionPoint: 'self.__SW_MANIFEST',
    rollupFormat: 'iife',
    // The server has no addresses for the pages' files themselves.
    manifestTransforms: [
      (entries) => ({
        manifest: entries.map((entry) => ({ ...entry, url: addressOf(entry.url) })),
      }),
    ],
  })
}
