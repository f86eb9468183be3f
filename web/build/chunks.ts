type ModuleInfo = { importedIds: readonly string[] }
type Context = { getModuleInfo: (id: string) => ModuleInfo | null }

/**
 * Makes few files of what the two pages load first: what both need, and what only the app does. Left alone, the
 * bundler makes a file of each set of modules that the same screens share, some seventy for the first page. What
 * `thread` needs is apart: it runs before them. So is what it shares with the signed-out pages, which must not load
 * `thread` itself: a file runs all that is in it, and a data worker there would lead the tabs of whoever logs in.
 */
export function firstChunks(entries: { app: string; account: string; thread: string }) {
  const tags = ['$initial' as const]
  const importedByApp = lazily((context) => importedBy(entries.app, context))
  const importedByAccount = lazily((context) => importedBy(entries.account, context))
  const importedByThread = lazily((context) => importedBy(entries.thread, context))
  const isOfApp = (id: string, context: Context) =>
    id !== entries.app && importedByApp(context).has(id)
  const isOfBoth = (id: string, context: Context) =>
    isOfApp(id, context) && importedByAccount(context).has(id)
  const isOfThread = (id: string, context: Context) => importedByThread(context).has(id)
  const isOfEarly = (id: string, context: Context) =>
    isOfThread(id, context) && importedByAccount(context).has(id)
  return [
    { name: nameIf('early', isOfEarly), debugName: 'early', tags, priority: 4 },
    { name: nameIf('thread', isOfThread), debugName: 'thread', tags, priority: 3 },
    { name: nameIf('base', isOfBoth), debugName: 'base', tags, priority: 2 },
    { name: nameIf('app', isOfApp), debugName: 'app', tags, priority: 1 },
  ]
}

/**
 * Makes one file of what reads a book from the server. The worker loads that as soon as it starts, and nothing tells
 * it beforehand which further files a file needs.
 */
export function readingChunk(entry: string, parts: readonly string[]) {
  const importedByEntry = lazily((context) => importedBy(entry, context))
  const importedByParts = lazily(
    (context) => new Set(parts.flatMap((part) => [...importedBy(part, context)])),
  )
  const isOfParts = (id: string, context: Context) =>
    importedByParts(context).has(id) && !importedByEntry(context).has(id)
  return { name: nameIf('reading', isOfParts), debugName: 'reading' }
}

const nameIf =
  (name: string, applies: (id: string, context: Context) => boolean) =>
  (id: string, context: Context) =>
    applies(id, context) ? name : null

/** All modules that a module imports, and those import, but for what is loaded later. */
function importedBy(entry: string, context: Context): Set<string> {
  const found = new Set([entry])
  for (const id of found) {
    for (const imported of context.getModuleInfo(id)?.importedIds ?? []) found.add(imported)
  }
  return found
}

function lazily<Value>(compute: (context: Context) => Value) {
  let value: Value | undefined
  return (context: Context) => (value ??= compute(context))
}
