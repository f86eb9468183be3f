import type { Import } from '@kith/server/imports/schema'
import { proxy } from 'comlink'
import { create } from 'zustand'
import { worker } from '../data/client.ts'
import { faultOf } from '../data/perform.ts'

export type Followed =
  | { kind: 'loading' | 'offline' | 'missing' }
  | { kind: 'failed'; detail: string }
  | { kind: 'here'; row: Import }

/** The imports that are looked at, or run, by their ids. */
export const useImports = create<{ byId: Record<string, Followed> }>()(() => ({ byId: {} }))

const followed = new Map<string, Promise<void>>()

/** Reads an import, and its events until it has ended; once, whoever asks. */
export function followImport(id: string): Promise<void> {
  const following = followed.get(id) ?? follow(id)
  followed.set(id, following)
  return following
}

async function follow(id: string): Promise<void> {
  await readImport(id)
  while (isUnderWay(useImports.getState().byId[id])) {
    await worker.events(
      `/api/imports/${id}/events`,
      proxy(({ data }: { data: unknown }) => show(id, { kind: 'here', row: data as Import })),
    )
    // A stream also ends with the network: what became of the import is to be asked for then.
    if (isUnderWay(useImports.getState().byId[id])) await readImport(id)
  }
  followed.delete(id)
}

/** Whether the server is still at work for it. */
export function isRunning({ state }: Import): boolean {
  return state === 'waiting' || state === 'running' || state === 'undoing'
}

/** What an upload answered, or a command about an import. */
export function showImport(row: Import): void {
  show(row.id, { kind: 'here', row })
  void followImport(row.id)
}

/** An import as soon as it is shown that the server is done with it. */
export function importEnded(id: string): Promise<Import> {
  const { promise, resolve } = Promise.withResolvers<Import>()
  const look = () => {
    const one = useImports.getState().byId[id]
    if (one?.kind !== 'here' || isRunning(one.row)) return
    stop()
    resolve(one.row)
  }
  const stop = useImports.subscribe(look)
  look()
  return promise
}

function isUnderWay(one: Followed | undefined): boolean {
  return one?.kind === 'here' && isRunning(one.row)
}

async function readImport(id: string) {
  const before = useImports.getState().byId[id]
  const answer = await worker.call({ method: 'GET', path: `/api/imports/${id}` })
  // A command was answered meanwhile: this may be what the import was before it.
  if (useImports.getState().byId[id] !== before) return
  if (answer.status === 0) show(id, { kind: 'offline' })
  else if ([400, 404, 422].includes(answer.status)) show(id, { kind: 'missing' })
  else if (answer.status >= 400) show(id, { kind: 'failed', detail: faultOf(answer) })
  else show(id, { kind: 'here', row: answer.body as Import })
}

function show(id: string, one: Followed) {
  useImports.setState(({ byId }) => ({ byId: { ...byId, [id]: one } }))
}
