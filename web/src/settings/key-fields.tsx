import { text } from '../strings/text.ts'
import { RadioGroup } from '../ui/radio-group.tsx'
import { Stack } from '../ui/stack.tsx'
import { TextField } from '../ui/text-field.tsx'

export type Scope = 'read_only' | 'read_write'

const scopes: Scope[] = ['read_write', 'read_only']

type Props = {
  name: string
  onNameChange: (name: string) => void
  placeholder: string
  scope: Scope
  onScopeChange: (scope: Scope) => void
  /** Enter in the field. */
  onSubmit: () => void
}

/** What a new app password or API token is for. */
export function KeyFields(props: Props) {
  const { name, onNameChange, placeholder, scope, onScopeChange, onSubmit } = props
  return (
    <Stack>
      <TextField
        label={text('settings.keyName')}
        description={text('settings.keyNameNote')}
        placeholder={placeholder}
        value={name}
        onChange={onNameChange}
        onKeyDown={(event) => event.key === 'Enter' && onSubmit()}
        maxLength={100}
        autoFocus
      />
      <RadioGroup
        label={text('settings.scope')}
        layout="rows"
        options={scopes.map((value) => ({ value, label: text(`settings.scope.${value}`) }))}
        value={scope}
        onChange={onScopeChange}
      />
    </Stack>
  )
}
