import { useId, useState } from 'react'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { ChevronDownIcon, ChevronRightIcon } from '../ui/icons.ts'
import { TextField } from '../ui/text-field.tsx'
import { namesOfTexts } from './field-texts.ts'
import { textField, type Form, type FormText } from './form.ts'
import styles from './names-fields.module.css'

type Props = {
  texts: Form['texts']
  onChange: (field: FormText, text: string) => void
  faults: ReadonlyMap<string, string>
  focusesFirst: boolean
}

const moreNames = [
  'prefix',
  'middle_name',
  'suffix',
  'nickname',
  'phonetic_first_name',
  'phonetic_middle_name',
  'phonetic_last_name',
] as const satisfies FormText[]

/** Names and company. Names that few people have unfold, but for those that are filled in. */
export function NamesFields({ texts, onChange, faults, focusesFirst }: Props) {
  const [isUnfolded, setUnfolded] = useState(false)
  // Decided once: a field that is emptied while it is edited stays where it is.
  const [filled] = useState(() => moreNames.filter((field) => texts[field] !== ''))
  const more = useId()
  const shown = isUnfolded ? moreNames : moreNames.filter((field) => filled.includes(field))
  const props = (field: FormText) => ({
    id: textField(field),
    label: text(namesOfTexts[field]),
    value: texts[field],
    onChange: (value: string) => onChange(field, value),
    fault: faults.get(textField(field)) ?? null,
    autoComplete: 'off',
    autoCapitalize: 'words',
  })
  return (
    <div className={styles.names}>
      <div className={styles.pairs}>
        {/* Where a form opens, its first field is what people came for. */}
        <TextField {...props('first_name')} autoFocus={focusesFirst} />
        <TextField {...props('last_name')} />
      </div>
      <div id={more} className={styles.pairs} hidden={shown.length === 0}>
        {shown.map((field) => (
          <TextField key={field} {...props(field)} />
        ))}
      </div>
      {filled.length < moreNames.length ? (
        <div>
          <Button
            variant="accent"
            icon={isUnfolded ? ChevronDownIcon : ChevronRightIcon}
            aria-expanded={isUnfolded}
            aria-controls={more}
            onPress={() => setUnfolded(!isUnfolded)}
          >
            {text('editing.moreNames')}
          </Button>
        </div>
      ) : null}
      <TextField {...props('company')} />
      <div className={styles.pairs}>
        <TextField {...props('job_title')} />
        <TextField {...props('department')} />
      </div>
    </div>
  )
}
