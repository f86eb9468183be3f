import { Label } from 'react-aria-components/Label'
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup'
import { Dot, type Swatch } from './dot.tsx'
import { CheckIcon } from './icons.ts'
import field from './field.module.css'
import styles from './swatch-picker.module.css'

type Props = {
  label: string
  options: readonly { colour: Swatch; name: string }[]
  value: Swatch
  onChange: (colour: Swatch) => void
}

/** One of a few colours, each with a name for those who cannot see it. */
export function SwatchPicker({ label, options, value, onChange }: Props) {
  return (
    <RadioGroup
      value={value ?? none}
      onChange={(colour) => onChange(colour === none ? null : colour)}
      orientation="horizontal"
      className={field.field}
    >
      <Label className={field.label}>{label}</Label>
      <div className={styles.swatches}>
        {options.map(({ colour, name }) => (
          <Radio
            key={colour ?? none}
            value={colour ?? none}
            aria-label={name}
            className={styles.swatch}
          >
            {({ isSelected }) => (
              <>
                <Dot colour={colour} />
                {isSelected ? <CheckIcon aria-hidden="true" className={styles.tick} /> : null}
              </>
            )}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}

const none = 'none'
