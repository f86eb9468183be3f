import type { Logger } from '../log.ts'
import { RecipientRefused } from './recipient-refused.ts'

/**
 * Tells the operator that mail has stopped going out, and that it goes again: a line for each, not
 * one for every try. Refused recipients are a matter of their own.
 */
export function createDeliveryLog(log: Logger) {
  let isOut = false
  let isRefusing = false
  return {
    sent() {
      if (isOut) log.info('mail is going out again')
      isOut = false
    },
    failed(kind: string, error: unknown) {
      const reason = reasonOf(error)
      if (error instanceof RecipientRefused) {
        if (!isRefusing)
          log.warn({ kind, reason }, 'a recipient was refused, it will be tried again')
        isRefusing = true
      } else {
        if (!isOut) log.warn({ kind, reason }, 'mail could not be sent, it will be tried again')
        isOut = true
      }
    },
    gaveUp(kind: string, error: RecipientRefused) {
      log.warn({ kind, reason: reasonOf(error) }, 'a mail was given up: its recipient is refused')
      isRefusing = false
    },
  }
}

/** What the queue may keep of an error in the job's row. */
export function storableError(error: unknown): Error {
  return new Error(reasonOf(error))
}

/**
 * Why a mail was not sent, in the mail server's words; a filter that quotes the mail back must not
 * bring its token into a log or a database.
 */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.replaceAll(/[\w-]{43,}/g, '…').slice(0, 500)
}
