import { useState } from 'react'
import { text } from '../strings/text.ts'
import { Field } from './field.tsx'
import { Form } from './form.tsx'
import { tokenIn } from './mailed-token.ts'
import { useFaults } from './use-faults.ts'
import type { Submission } from './use-submission.ts'

type Props = { button: string; onToken: (token: string) => void }

const idle: Submission = { isPending: false, refusal: null, waitSeconds: 0, submit: () => {} }

/** For who has the mail on another device, or whose mail program broke the link. */
export function CodeForm({ button, onToken }: Props) {
  const [code, setCode] = useState('')
  const token = tokenIn(code)
  const submit = () => token && onToken(token)
  const faults = useFaults({ ...idle, submit }, { token: token ? null : text('account.codeFault') })
  return (
    <Form submission={faults.submission} button={button} isSecond>
      <Field
        label={text('account.code')}
        description={text('account.codeHint')}
        name="token"
        value={code}
        onChange={setCode}
        fault={faults.of('token')}
        autoComplete="off"
        spellCheck="false"
      />
    </Form>
  )
}
