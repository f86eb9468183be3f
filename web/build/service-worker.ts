import { serwist } from '@serwist/vite'
import type { PluginOption } from 'vite'

/** Builds `sw.js`, which keeps all of the app's files but those that only the signed-out pages need. */
export function serviceWorker(outDir: string): PluginOption {
  return serwist({
    swSrc: 'src/sw.ts',
    swDest: `${outDir}/sw.js`,
    globDirectory: outDir,
    globPatterns: ['**/*.{js,css,svg,png,webmanifest}', 'index.html'],
    // The system fetches the large icons once, when the app is installed.
    globIgnores: ['sw.js', 'assets/account-*', 'icon-512.png', 'icon-maskable.png'],
    injectionPoint: 'self.__SW_MANIFEST',
    rollupFormat: 'iife',
    // The server has no address for the file itself.
    manifestTransforms: [
      (entries) => ({
        manifest: entries.map((entry) =>
          entry.url === 'index.html' ? { ...entry, url: '/' } : { ...entry, url: `/${entry.url}` },
        ),
      }),
    ],
  })
}
