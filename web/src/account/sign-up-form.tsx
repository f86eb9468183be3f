import { useState } from 'react'
import { text } from '../strings/text.ts'
import { signUp } from './api.ts'
import { CutLink } from './cut-link.tsx'
import { EmailField, looksLikeEmail } from './email-field.tsx'
import { Field } from './field.tsx'
import { Form } from './form.tsx'
import { tokenIn } from './mailed-token.ts'
import { PasswordField } from './password-field.tsx'
import { passwordFault } from './password-rule.ts'
import { useFaults } from './use-faults.ts'
import { useSubmission } from './use-submission.ts'

type Props = {
  /** Whether signing up takes an invitation here. */
  takesInvite: boolean
  /** The one that the link brought. */
  invite: string | null
  onDone: (email: string) => void
}

const longestName = 50

export function SignUpForm({ takesInvite, invite, onDone }: Props) {
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState(invite ?? '')
  const token = tokenIn(code)
  const submission = useSubmission(
    () =>
      signUp({
        username: name.trim() || nameIn(email),
        email: email.trim(),
        password,
        ...(token && { invite: token }),
      }),
    () => onDone(email.trim()),
  )
  // One that is refused stays in sight, and is sent again: it may be right, and the address mistyped.
  const showsInvite = (takesInvite && !invite) || submission.refusal?.fields.includes('invite')
  const faults = useFaults(submission, {
    ...(showsInvite && { invite: token ? null : text('account.inviteFault') }),
    email: looksLikeEmail(email) ? null : text('account.emailFault'),
    password: passwordFault(password),
  })
  return (
    <Form submission={faults.submission} button={text('account.createAccount')}>
      {showsInvite ? (
        <>
          <CutLink />
          <Field
            label={text('account.invite')}
            description={text('account.inviteHint')}
            name="invite"
            value={code}
            onChange={setCode}
            fault={faults.of('invite')}
            autoComplete="off"
            spellCheck="false"
          />
        </>
      ) : null}
      <Field
        label={text('account.name')}
        name="username"
        value={name}
        onChange={setName}
        fault={faults.of('username')}
        autoComplete="name"
        maxLength={longestName}
      />
      <EmailField
        value={email}
        onChange={setEmail}
        fault={faults.of('email')}
        description={text('account.emailHint')}
      />
      <PasswordField value={password} onChange={setPassword} fault={faults.of('password')} isNew />
    </Form>
  )
}

/** What to call somebody who did not say: as their address does. */
function nameIn(email: string): string {
  return (email.trim().split('@')[0] ?? '').slice(0, longestName)
}
