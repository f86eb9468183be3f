import { formatBirthday } from '../data/birthday-words.ts'
import { fieldName } from '../history/words.ts'
import { text } from '../strings/text.ts'
import { RadioGroup } from '../ui/radio-group.tsx'
import type { Contact } from '../worker/calls.ts'
import { initialOption, type Choice } from './choices.ts'

type Props = {
  choice: Choice
  joined: Contact | null
  /** The id of the contact whose value was chosen. */
  chosen: string | undefined
  onChoose: (from: string) => void
}

/** Which of several names, companies or birthdays stays. */
export function SingleChoice({ choice, joined, chosen, onChoose }: Props) {
  const { single, options } = choice
  return (
    <RadioGroup
      label={single === 'name' ? text('duplicates.single-name') : fieldName(single)}
      layout="rows"
      options={options.map(({ text, from }) => ({
        value: from,
        label: single === 'birthday' ? formatBirthday(text) : text,
      }))}
      value={chosen ?? (joined ? initialOption(choice, joined) : null)}
      onChange={onChoose}
    />
  )
}
