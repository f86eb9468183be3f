import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// Loaded before everything else (`node --import`): what was stripped of its types and compiled is taken
// from here at the next start. Where the folder cannot be written, nothing is kept. In JavaScript,
// since to strip the types of this file alone, Node would load 35 MB of compiler.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/kith', import.meta.url)))
