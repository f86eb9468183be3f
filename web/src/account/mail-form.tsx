import { useState } from 'react'
import { text } from '../strings/text.ts'
import { requestMail } from './api.ts'
import { EmailField, looksLikeEmail } from './email-field.tsx'
import { Form } from './form.tsx'
import { useFaults } from './use-faults.ts'
import { useSubmission } from './use-submission.ts'

type Props = { kind: 'confirmation' | 'reset'; onSent: (email: string) => void }

/** Has a link sent to an address. */
export function MailForm({ kind, onSent }: Props) {
  const [email, setEmail] = useState('')
  const submission = useSubmission(
    () => requestMail(kind, email.trim()),
    () => onSent(email.trim()),
  )
  const faults = useFaults(submission, {
    email: looksLikeEmail(email) ? null : text('account.emailFault'),
  })
  return (
    <Form submission={faults.submission} button={text('account.sendLink')}>
      <EmailField value={email} onChange={setEmail} fault={faults.of('email')} />
    </Form>
  )
}
