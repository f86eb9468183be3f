import { useState } from 'react'
import { text } from '../strings/text.ts'
import { TextField } from '../ui/text-field.tsx'
import { notify } from '../ui/toast.tsx'
import type { User } from '../worker/calls.ts'
import { showUser } from './own-user.ts'
import { useAction } from './use-action.ts'
import styles from './card-form.module.css'

/** What to call somebody; saved when the field is left. */
export function NameField({ user }: { user: User }) {
  const [name, setName] = useState(user.username)
  const { fault, run } = useAction()

  async function save() {
    const username = name.trim()
    if (username === '' || username === user.username) return setName(user.username)
    const answer = await run({ method: 'PATCH', path: '/api/users/me', body: { username } })
    if (!answer) return
    showUser(answer.body as User)
    notify({ title: text('settings.saved'), kind: 'done' })
  }

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <TextField
        label={text('settings.name')}
        name="username"
        value={name}
        onChange={setName}
        onBlur={() => void save()}
        fault={fault}
        autoComplete="name"
        maxLength={50}
      />
    </form>
  )
}
