import { ApiTokens } from './api-tokens.tsx'
import { PasswordChange } from './password-change.tsx'
import { Sessions } from './sessions.tsx'

/** Who can get at the account, and how to end that. */
export function SecuritySettings() {
  return (
    <>
      <PasswordChange />
      <Sessions />
      <ApiTokens />
    </>
  )
}
