import { useState, type SubmitEvent } from 'react'
import { faultOf } from './refusal.ts'
import type { Submission } from './use-submission.ts'

/**
 * What is wrong with the fields of a form: by our own rules once it was tried to be sent, and by the server's
 * refusal.
 * @param rules the fault of each field as it is now
 */
export function useFaults(submission: Submission, rules: Record<string, string | null>) {
  const [isTried, setTried] = useState(false)
  const isFaulty = Object.values(rules).some((fault) => fault !== null)

  function submit(event?: SubmitEvent) {
    event?.preventDefault()
    setTried(isFaulty)
    if (!isFaulty) return submission.submit(event)
    focusFirstFault(event?.currentTarget, Object.entries(rules))
  }

  return {
    submission: { ...submission, submit },
    of: (field: string) => (isTried && rules[field]) || faultOf(submission.refusal, field),
  }
}

function focusFirstFault(form: unknown, rules: [field: string, fault: string | null][]) {
  if (!(form instanceof HTMLFormElement)) return
  const name = rules.find(([, fault]) => fault !== null)?.[0] ?? ''
  const input = form.elements.namedItem(name)
  if (input instanceof HTMLElement) input.focus()
}
