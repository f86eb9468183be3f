import { useState } from 'react'
import { text } from '../strings/text.ts'
import { requestMail } from './api.ts'
import { Form } from './form.tsx'
import { useCountdown } from './use-countdown.ts'
import { useSubmission } from './use-submission.ts'

type Props = {
  email: string
  kind?: 'confirmation' | 'reset'
  /** Whether a mail went out just now. */
  isSent?: boolean
}

const secondsBetween = 60

/** Asks for the mail once more, not oftener than each minute. */
export function SendAgain({ email, kind = 'confirmation', isSent = false }: Props) {
  const [restSeconds, rest] = useCountdown(isSent ? secondsBetween : 0)
  const [isSentAgain, setSentAgain] = useState(false)
  const submission = useSubmission(
    () => requestMail(kind, email),
    () => {
      setSentAgain(true)
      rest(secondsBetween)
    },
  )
  const waitSeconds = Math.max(restSeconds, submission.waitSeconds)
  return (
    <>
      {isSentAgain ? <p role="status">{text('account.sentAgain')}</p> : null}
      <Form
        submission={{ ...submission, waitSeconds }}
        button={text('account.sendAgain')}
        isSecond
      />
    </>
  )
}
