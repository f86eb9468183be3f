import { useState } from 'react'
import { Link } from 'wouter'
import { knownUser, rememberUser } from '../device.ts'
import { to } from '../routes.ts'
import { text } from '../strings/text.ts'
import { AccountCard } from './account-card.tsx'
import { logIn } from './api.ts'
import { EmailField, looksLikeEmail } from './email-field.tsx'
import { Form } from './form.tsx'
import { nextAddress } from './next.ts'
import { PasswordField } from './password-field.tsx'
import { SendAgain } from './send-again.tsx'
import { useFaults } from './use-faults.ts'
import { useRegistration } from './use-registration.ts'
import { useSubmission } from './use-submission.ts'

/** Starts a session, and goes where somebody wanted to go. */
export function LogIn() {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const submission = useSubmission(
    () => logIn(email.trim(), password),
    ({ user }) => {
      const before = knownUser()
      rememberUser(user.id)
      // Where one was whose session has expired is no place of another one's book.
      // In the place of this page, to which Back would come otherwise.
      location.replace(before === null || before === user.id ? nextAddress() : to.contacts)
    },
  )
  const faults = useFaults(submission, {
    email: looksLikeEmail(email) ? null : text('account.emailFault'),
    password: password ? null : text('account.passwordMissing'),
  })
  const registration = useRegistration()
  const isUnconfirmed = submission.refusal?.code === 'email_not_confirmed'
  const ended = new URLSearchParams(location.search).get('ended')
  const lost = Number(ended)
  return (
    <AccountCard
      title={text('account.logIn')}
      foot={
        registration === 'closed' ? null : (
          <Link href={`/signup${location.search}`}>{text('account.createAnAccount')}</Link>
        )
      }
    >
      {ended === null ? null : (
        <div role="status">
          <p>{text('account.ended')}</p>
          {lost > 0 ? <p>{text('account.lost', { count: lost })}</p> : null}
        </div>
      )}
      <Form submission={faults.submission} button={text('account.logIn')}>
        <EmailField value={email} onChange={setEmail} fault={faults.of('email')} autoFocus />
        <PasswordField value={password} onChange={setPassword} fault={faults.of('password')} />
      </Form>
      {isUnconfirmed ? <SendAgain email={email.trim()} /> : null}
      <p>
        <Link href="/forgot">{text('account.forgot')}</Link>
      </p>
    </AccountCard>
  )
}
