import type { ReactNode, Ref } from 'react'
import { Button } from 'react-aria-components/Button'
import { ComboBox as AriaComboBox } from 'react-aria-components/ComboBox'
import { FieldError } from 'react-aria-components/FieldError'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { classes } from './classes.ts'
import { ChevronDownIcon } from './icons.ts'
import styles from './combo-box.module.css'
import field from './field.module.css'
import list from './listbox.module.css'

/** `label` is what is looked for and, unless `children` say more, what is shown. */
export type ComboBoxOption = { id: string; label: string; children?: ReactNode }

type Props = {
  /** Without a visible label, `aria-label` names the field. */
  label?: string
  'aria-label'?: string
  options: readonly ComboBoxOption[]
  /** What stands in the field. */
  text: string
  onTextChange: (text: string) => void
  /** An option was chosen; what it puts into the field is told to `onTextChange` as well. */
  onChoose?: (id: string) => void
  /** Whether what is no option may stand there too. Yes, unless said otherwise. */
  allowsFreeText?: boolean
  placeholder?: string
  fault?: string | null
  isDisabled?: boolean
  bare?: boolean
  /** Of the field. */
  id?: string
  onBlur?: () => void
  /** Whether the list opens when the field gets the focus, or when something is typed. */
  menuTrigger?: 'focus' | 'input'
  /** What is chosen is collected elsewhere, and the field is empty again. */
  collects?: boolean
  inputRef?: Ref<HTMLInputElement>
  /** What the list says where it has nothing to offer; without it, such a list stays away. */
  hint?: string
}

/** A field with a list of known values, which narrows as one types. */
export function ComboBox({
  label,
  options,
  text,
  onTextChange,
  onChoose,
  allowsFreeText = true,
  placeholder,
  fault,
  bare,
  menuTrigger = 'focus',
  collects,
  inputRef,
  hint,
  ...rest
}: Props) {
  return (
    <AriaComboBox
      {...rest}
      defaultItems={options}
      inputValue={text}
      onInputChange={onTextChange}
      onChange={(key) => key !== null && onChoose?.(String(key))}
      allowsCustomValue={allowsFreeText}
      menuTrigger={menuTrigger}
      value={collects ? null : undefined}
      allowsEmptyCollection={hint !== undefined}
      isInvalid={Boolean(fault)}
      validationBehavior="aria"
      className={field.field}
    >
      {label ? <Label className={field.label}>{label}</Label> : null}
      <div className={styles.row}>
        <Input
          ref={inputRef}
          placeholder={placeholder}
          className={classes(field.box, styles.input, bare && field.bare)}
        />
        <Button className={styles.button}>
          <ChevronDownIcon aria-hidden="true" />
        </Button>
      </div>
      <FieldError className={field.fault}>{fault}</FieldError>
      <Popover className={classes(list.popover, list.asWide)} offset={4}>
        <ListBox<ComboBoxOption>
          className={list.list}
          renderEmptyState={() => <span className={styles.hint}>{hint}</span>}
        >
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className={list.option}>
              <span className={list.words}>{option.children ?? option.label}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  )
}
