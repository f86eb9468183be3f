import { useSession } from '../data/state.ts'
import { text } from '../strings/text.ts'
import { Card } from '../ui/card.tsx'
import type { User } from '../worker/calls.ts'
import { EmailChange } from './email-change.tsx'
import { NameField } from './name-field.tsx'
import { PictureField } from './picture-field.tsx'

/** What one is called, looks like, and is reached by. */
export function ProfileSettings() {
  const session = useSession()
  return 'user' in session ? <Profile user={session.user} /> : null
}

function Profile({ user }: { user: User }) {
  return (
    <>
      <Card note={text('settings.profileNote')}>
        <PictureField user={user} />
        <NameField user={user} />
      </Card>
      <EmailChange user={user} />
    </>
  )
}
