import { contactsMoved, type Moves } from './signals.ts'
import { useData } from './state.ts'

const maxSteps = 20

/** What a step did. */
export type About = {
  /** What it did, in the words of its notice. */
  title: string
  /** The ids of what it did it to: contacts, merges, imports … */
  ids: readonly string[]
  /** Whether it deleted contacts: then there is something to undo while they are gone, else while they are here. */
  areGone?: boolean
}

/**
 * Takes back what was done.
 * @param ids those for which there is something to undo
 * @returns whether it could; `nothing` where nothing was left to undo, as a notice says
 */
type Undo = (ids: readonly string[]) => Promise<boolean | 'nothing'>

/** A step as a notice offers it. */
export type UndoStep = {
  /** Undoes it, unless that was done already. */
  press: () => void
  /** Resolves once there is nothing to undo. */
  over: Promise<void>
}

type Step = {
  title: string
  undo: Undo
  areGone: boolean
  /** Those for which there is something to undo, and those for which that was done in another way. */
  open: Set<string>
  undone: Set<string>
  isRunning: boolean
  end: () => void
}

/** What was done last and can be undone, the latest one last. */
const steps: Step[] = []

/**
 * Adds to what Ctrl+Z undoes.
 * @returns the same for the button of a notice: whichever is used first undoes it, and the other nothing
 */
export function undoable(undo: Undo, { title, ids, areGone = false }: About): UndoStep {
  const { promise: over, resolve: end } = Promise.withResolvers<void>()
  const step = {
    title,
    undo,
    areGone,
    open: new Set(ids),
    undone: new Set<string>(),
    isRunning: false,
    end,
  }
  steps.push(step)
  if (steps.length > maxSteps) steps.shift()?.end()
  return { press: () => void run(step), over }
}

/** What is being done now, and may be the last step once it is kept. */
const unfinished = new Set<Promise<unknown>>()
let isWaiting = false

/** Has Ctrl+Z wait for this, which may add a step: it never undoes the one before instead. */
export function undoWaitsFor<T>(work: Promise<T>): Promise<T> {
  unfinished.add(work)
  return work.finally(() => unfinished.delete(work))
}

/**
 * Undoes the last step that there is something to undo of; one that fails, as without a network, stays the
 * last. Of what failed, a notice has told. While something is being done, it waits, and undoes that.
 * @returns what the step had done; null where nothing is said, or where there was no step
 */
export async function undoLast(): Promise<{ undone: string | null } | null> {
  // Pressed again, it still means what it waits for.
  if (isWaiting) return { undone: null }
  const earlier = new Set(unfinished.size > 0 ? steps : [])
  isWaiting = true
  await Promise.allSettled(unfinished)
  isWaiting = false
  const last = steps.findLast(
    (step) => !earlier.has(step) && !step.isRunning && undoableIn(step).length > 0,
  )
  return last ? { undone: (await run(last)) ? last.title : null } : null
}

/** What was done to it is undone for good, or cannot be undone any more. */
export function cannotUndo(id: string): void {
  forget(({ open, undone }) => {
    open.delete(id)
    undone.delete(id)
  })
}

/** The contacts that were deleted, and are not back, cannot be brought back any more. */
export function cannotUndoDeletions(): void {
  forget(({ open, areGone }) => {
    if (areGone) open.clear()
  })
}

function forget(forgetIn: (step: Step) => void): void {
  for (const step of steps.slice()) {
    forgetIn(step)
    if (step.open.size === 0) step.end()
    if (step.open.size + step.undone.size === 0) remove(step)
  }
}

contactsMoved.subscribe((moves) => {
  for (const step of steps) {
    for (const move of moves) note(step, move)
    if (step.open.size === 0) step.end()
  }
})

function note({ areGone, open, undone }: Step, { gone, here }: Moves): void {
  const [whileGone, whileHere] = areGone ? [open, undone] : [undone, open]
  for (const id of gone) if (whileHere.delete(id)) whileGone.add(id)
  for (const id of here) if (whileGone.delete(id)) whileHere.add(id)
}

/** Those for which there is something to undo; a deletion that was refused, and is asked about, is one of them. */
function undoableIn({ areGone, open, undone }: Step): string[] {
  const { waiting } = useData.getState()
  if (!areGone || undone.size === 0) return [...open]
  const deletions = waiting.filter(({ kind }) => kind === 'delete')
  const askedAbout = new Set(deletions.map(({ contactId }) => contactId))
  return [...open, ...[...undone].filter((id) => askedAbout.has(id))]
}

async function run(step: Step): Promise<boolean> {
  if (step.isRunning || !steps.includes(step)) return false
  step.isRunning = true
  const isDone = await step.undo(undoableIn(step)).finally(() => (step.isRunning = false))
  if (isDone) remove(step)
  return isDone === true
}

function remove(step: Step): void {
  const at = steps.indexOf(step)
  if (at >= 0) steps.splice(at, 1)
  step.end()
}
