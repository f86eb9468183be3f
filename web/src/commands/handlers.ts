import { useEffect, useEffectEvent } from 'react'
import { create } from 'zustand'
import { commandOf, type CommandId } from './commands.ts'
import { typeAhead } from './typed-ahead.ts'

type Handler = () => void
type Handlers = { [Id in CommandId]?: readonly Handler[] }

/** What each command does now; the last that was registered is the one that runs. */
const useHandlers = create<{ handlers: Handlers }>(() => ({ handlers: {} }))

/** While the component is there and `enabled`, the command does this. */
export function useCommand(id: CommandId, handler: Handler, enabled = true) {
  const run = useEffectEvent(handler)
  useEffect(() => {
    if (!enabled) return undefined
    const entry = () => run()
    change(id, (handlers) => [...handlers, entry])
    return () => change(id, (handlers) => handlers.filter((other) => other !== entry))
  }, [id, enabled])
}

/** Runs a command; false when nobody does it now. */
export function runCommand(id: CommandId): boolean {
  const handler = useHandlers.getState().handlers[id]?.at(-1)
  if (handler && commandOf(id).opens) typeAhead()
  handler?.()
  return handler !== undefined
}

/** The commands that can be run now. */
export function useRunnable(): (id: CommandId) => boolean {
  const handlers = useHandlers((state) => state.handlers)
  return (id) => Boolean(handlers[id]?.length)
}

function change(id: CommandId, next: (handlers: readonly Handler[]) => readonly Handler[]) {
  useHandlers.setState(({ handlers }) => ({
    handlers: { ...handlers, [id]: next(handlers[id] ?? []) },
  }))
}
