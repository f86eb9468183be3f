import { Button } from 'react-aria-components/Button'
import { FieldError } from 'react-aria-components/FieldError'
import { Label } from 'react-aria-components/Label'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select'
import { Text } from 'react-aria-components/Text'
import { classes } from './classes.ts'
import { CheckIcon, ChevronDownIcon } from './icons.ts'
import field from './field.module.css'
import list from './listbox.module.css'
import styles from './select.module.css'

export type Option<Value extends string> = { value: Value; label: string }

type Props<Value extends string> = {
  /** Without a visible label, `aria-label` names the button. */
  label?: string
  'aria-label'?: string
  options: readonly Option<Value>[]
  value: Value | null
  onChange: (value: Value) => void
  /** Somebody comes to it: until then, it needs no other option than the chosen one. */
  onNear?: () => void
  placeholder?: string
  description?: string
  fault?: string | null
  isDisabled?: boolean
  bare?: boolean
}

/** One of a few values, in a list that opens at a button. */
export function Select<Value extends string>({
  label,
  options,
  value,
  onChange,
  onNear,
  placeholder = '',
  description,
  fault,
  bare,
  ...rest
}: Props<Value>) {
  const labels = new Map(options.map((option) => [option.value, option.label]))
  return (
    <AriaSelect
      {...rest}
      value={value}
      onChange={(key) => key !== null && onChange(key as Value)}
      onOpenChange={onNear}
      isInvalid={Boolean(fault)}
      validationBehavior="aria"
      className={field.field}
    >
      {label ? <Label className={field.label}>{label}</Label> : null}
      <Button
        onFocus={onNear}
        onHoverStart={onNear}
        className={classes(field.box, styles.button, bare && field.bare)}
      >
        <SelectValue className={styles.value}>
          {value === null ? placeholder : labels.get(value)}
        </SelectValue>
        <ChevronDownIcon aria-hidden="true" />
      </Button>
      {description ? (
        <Text slot="description" className={field.description}>
          {description}
        </Text>
      ) : null}
      <FieldError className={field.fault}>{fault}</FieldError>
      <Popover className={classes(list.popover, list.asWide)} offset={4}>
        <ListBox className={list.list} items={options}>
          {(option) => (
            <ListBoxItem id={option.value} textValue={option.label} className={list.option}>
              {({ isSelected }) => (
                <>
                  <span className={list.words}>{option.label}</span>
                  {isSelected ? <CheckIcon aria-hidden="true" className={list.tick} /> : null}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
