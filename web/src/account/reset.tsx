import { useState } from 'react'
import { to } from '../routes.ts'
import { text } from '../strings/text.ts'
import { CircleCheckIcon } from '../ui/icons.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { AccountCard } from './account-card.tsx'
import { resetPassword } from './api.ts'
import { DeadLink } from './dead-link.tsx'
import { Forgot } from './forgot.tsx'
import { Form } from './form.tsx'
import { PasswordField } from './password-field.tsx'
import { passwordFault } from './password-rule.ts'
import { useFaults } from './use-faults.ts'
import { useSubmission } from './use-submission.ts'
import { useToken } from './use-token.ts'

/** What the link of the reset mail opens; without its token it is asked for. */
export function Reset() {
  const [token, setToken] = useToken()
  if (token === null) return <Forgot />
  return <SetPassword key={token} token={token} onToken={setToken} />
}

type Props = { token: string; onToken: (token: string) => void }

function SetPassword({ token, onToken }: Props) {
  const [password, setPassword] = useState('')
  const [isDone, setDone] = useState(false)
  const submission = useSubmission(
    () => resetPassword(token, password),
    () => setDone(true),
  )
  const faults = useFaults(submission, { password: passwordFault(password) })
  const isDead = submission.refusal?.code === 'invalid_reset_token'
  if (isDone) return <PasswordSaved />
  if (isDead) {
    const codeButton = text('account.continue')
    return <DeadLink kind="reset" codeButton={codeButton} onToken={onToken} />
  }
  return (
    <AccountCard title={text('account.newPassword')}>
      <p>{text('account.newPasswordNote')}</p>
      <Form submission={faults.submission} button={text('account.savePassword')}>
        <PasswordField
          value={password}
          onChange={setPassword}
          fault={faults.of('password')}
          isNew
        />
      </Form>
    </AccountCard>
  )
}

function PasswordSaved() {
  return (
    <AccountCard title={text('account.passwordSaved')} icon={CircleCheckIcon}>
      <p role="status">{text('account.passwordSavedNote')}</p>
      <p>{text('account.logInAgain')}</p>
      <LinkButton to={to.logIn(to.contacts)} variant="primary" wide>
        {text('account.logIn')}
      </LinkButton>
    </AccountCard>
  )
}
