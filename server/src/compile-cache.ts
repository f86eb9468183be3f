import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// Loaded before everything else (`node --import`): what was compiled, and before that stripped of its
// types, is taken from here at the next start. Where the folder cannot be written, nothing is kept.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/kith', import.meta.url)))
