import optimizeLocales from '@react-aria/optimize-locales-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { pages } from './build/pages.ts'
import { strings } from './build/strings.ts'

export default defineConfig({
  plugins: [
    react(),
    strings(),
    pages(),
    { ...optimizeLocales.vite({ locales: ['en-US', 'de-DE', 'uk-UA', 'ar-AE'] }), enforce: 'pre' },
  ],
  css: { transformer: 'lightningcss' },
  build: {
    target: ['chrome123', 'edge123', 'firefox125', 'safari17.5'],
    manifest: true,
    rollupOptions: { input: ['index.html', 'account.html'] },
  },
  worker: { format: 'es' },
})
