import { Label } from 'react-aria-components/Label'
import { Radio, RadioGroup as AriaRadioGroup } from 'react-aria-components/RadioGroup'
import { Text } from 'react-aria-components/Text'
import { classes } from './classes.ts'
import type { Option } from './select.tsx'
import field from './field.module.css'
import styles from './radio-group.module.css'

type Props<Value extends string> = {
  label?: string
  'aria-label'?: string
  description?: string
  options: readonly Option<Value>[]
  value: Value | null
  onChange: (value: Value) => void
  isDisabled?: boolean
  /** Side by side as one control, or below each other. */
  layout?: 'segments' | 'rows'
}

/** One of a few, all of them in sight. */
export function RadioGroup<Value extends string>({
  label,
  description,
  options,
  onChange,
  layout = 'segments',
  ...rest
}: Props<Value>) {
  return (
    <AriaRadioGroup
      {...rest}
      onChange={(value) => onChange(value as Value)}
      orientation={layout === 'segments' ? 'horizontal' : 'vertical'}
      className={field.field}
    >
      {label ? <Label className={field.label}>{label}</Label> : null}
      <div className={classes(styles.group, styles[layout])}>
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className={styles.radio}>
            {layout === 'rows' ? <span className={styles.dot} aria-hidden="true" /> : null}
            {option.label}
          </Radio>
        ))}
      </div>
      {description ? (
        <Text slot="description" className={field.description}>
          {description}
        </Text>
      ) : null}
    </AriaRadioGroup>
  )
}
