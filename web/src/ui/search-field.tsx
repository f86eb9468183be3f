import type { KeyboardEvent, Ref } from 'react'
import { Button } from 'react-aria-components/Button'
import { Input } from 'react-aria-components/Input'
import { SearchField as AriaSearchField } from 'react-aria-components/SearchField'
import { text } from '../strings/text.ts'
import { CloseIcon, SearchIcon } from './icons.ts'
import { Keys } from './keys.tsx'
import styles from './search-field.module.css'

type Props = {
  label: string
  placeholder: string
  value: string
  onChange: (value: string) => void
  /** The key that comes here, shown while the field is empty. */
  shortcut?: string
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void
  inputRef?: Ref<HTMLInputElement>
  autoFocus?: boolean
}

/** A field that searches as one types; Escape clears it. */
export function SearchField({
  label,
  placeholder,
  value,
  onChange,
  shortcut,
  onKeyDown,
  inputRef,
  autoFocus,
}: Props) {
  return (
    <AriaSearchField
      aria-label={label}
      value={value}
      onChange={onChange}
      autoFocus={autoFocus}
      className={styles.field}
    >
      <SearchIcon aria-hidden="true" />
      <Input
        ref={inputRef}
        placeholder={placeholder}
        aria-keyshortcuts={shortcut}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck="false"
        enterKeyHint="search"
        className={styles.input}
        onKeyDown={onKeyDown}
      />
      {shortcut && !value ? (
        <span className={styles.shortcut}>
          <Keys shortcut={shortcut} />
        </span>
      ) : null}
      <Button aria-label={text('ui.clear')} className={styles.clear}>
        <CloseIcon aria-hidden="true" />
      </Button>
    </AriaSearchField>
  )
}
