import { useState } from 'react'
import { ComboBox } from '../ui/combo-box.tsx'

type Props = {
  /** Its accessible name. */
  name: string
  id: string
  /** As it is stored. */
  value: string
  onChange: (value: string) => void
  /** The values that are offered, as they are stored. */
  known: readonly string[]
  shown: (value: string) => string
  meant: (typed: string) => string
  placeholder: string
  fault?: string | null
}

/**
 * A label with a list of known ones, which are shown in the language of the page. What is typed counts
 * as a known one once the field is left: “home” may become “home office” until then.
 */
export function LabelField({ name, value, onChange, known, shown, meant, ...rest }: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <ComboBox
      {...rest}
      aria-label={name}
      bare
      // On touch there is no other way to the list than to press the field.
      menuTrigger={matchMedia('(pointer: coarse)').matches ? 'focus' : 'input'}
      options={known.map((option) => ({ id: option, label: shown(option) }))}
      text={typed ?? shown(value)}
      onTextChange={(text) => {
        if (text === (typed ?? shown(value))) return
        setTyped(text)
        onChange(text)
      }}
      onChoose={(option) => {
        setTyped(null)
        onChange(option)
      }}
      onBlur={() => {
        if (typed === null) return
        setTyped(null)
        onChange(meant(typed))
      }}
    />
  )
}
