import { memo, useRef, useState, type KeyboardEvent } from 'react'
import { useLocation } from 'wouter'
import { shortcutOf } from '../commands/commands.ts'
import { useCommand } from '../commands/handlers.ts'
import { runCommand } from '../commands/handlers.ts'
import { idOf } from '../data/book.ts'
import { text } from '../strings/text.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { PlusIcon } from '../ui/icons.ts'
import { SearchField } from '../ui/search-field.tsx'
import type { List } from '../worker/calls.ts'
import { focusList } from './focus-list.ts'
import { useSearchText } from './search-text.ts'
import styles from './search-box.module.css'

type Props = { list: List | null; hrefOf: (id: string) => string }

/** The field that searches as one types, and the button for a new contact. */
export function SearchBox({ list, hrefOf }: Props) {
  const [search, setSearch] = useSearchText()
  const [, navigate] = useLocation()
  const input = useRef<HTMLInputElement>(null)
  // The shortcut of the installed app.
  const [isAskedFor] = useState(() => new URLSearchParams(location.search).has('search'))
  useCommand('search', () => {
    input.current?.focus()
    input.current?.select()
  })

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') {
      event.preventDefault()
      focusList()
    }
    const first = list?.slots[0]
    const id = first === undefined ? null : idOf(first)
    if (event.key === 'Enter' && search && id) navigate(hrefOf(id))
  }

  return (
    <search className={styles.box}>
      <SearchField
        label={text('contacts.search')}
        placeholder={text('contacts.search.placeholder')}
        value={search}
        onChange={setSearch}
        shortcut={shortcutOf('search')}
        onKeyDown={onKeyDown}
        inputRef={input}
        autoFocus={isAskedFor}
      />
      <NewButton />
    </search>
  )
}

// No key of a search changes it.
const NewButton = memo(function NewButton() {
  return (
    <IconButton
      icon={PlusIcon}
      label={text('commands.new')}
      shortcut={shortcutOf('new')}
      variant="primary"
      size="field"
      onPress={() => runCommand('new')}
    />
  )
})
