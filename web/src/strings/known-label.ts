import { knownLabels } from '@kith/server/book/known-labels'
import { knownMessenger, knownMessengers } from '@kith/server/book/known-messengers'
import type knownLabelMessages from './en/known-labels.json'
import { text } from './text.ts'

type KnownLabelMessage = keyof typeof knownLabelMessages

const known: ReadonlySet<string> = new Set(knownLabels.map(({ label }) => label))

/** A label of a value as it is shown: a known one in the language of the page, another as it is. */
export function shownLabel(label: string): string {
  return known.has(label) ? text(`known-labels.${label}` as KnownLabelMessage) : label
}

/** The label that a typed text means: a known one by its name in either language, else the text. */
export function labelMeant(typed: string): string {
  const wanted = typed.trim().toLowerCase()
  if (known.has(wanted)) return wanted
  const byShown = knownLabels.find(({ label }) => shownLabel(label).toLowerCase() === wanted)
  return byShown?.label ?? typed
}

/** A messenger's service as it is shown: a known one by its own spelling. */
export function shownService(service: string): string {
  return knownMessengers.get(service)?.name ?? service
}

/** The service that a typed text means: the key of a known one, else the text. */
export function serviceMeant(typed: string): string {
  return knownMessenger(typed.trim()) ?? typed
}
