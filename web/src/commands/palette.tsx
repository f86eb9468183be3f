import { useEffect, useEffectEvent, useState, type KeyboardEvent } from 'react'
import { Autocomplete } from 'react-aria-components/Autocomplete'
import { Input } from 'react-aria-components/Input'
import { Menu } from 'react-aria-components/Menu'
import { SearchField } from 'react-aria-components/SearchField'
import { useLocation } from 'wouter'
import { to } from '../routes.ts'
import { text } from '../strings/text.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { CommandIcon, SearchIcon } from '../ui/icons.ts'
import { MenuItem } from '../ui/menu.tsx'
import { commandIds, commandOf, shortcutOf, type CommandId } from './commands.ts'
import { runCommand, useRunnable } from './handlers.ts'
import { usePeople, type FoundPerson } from './use-people.ts'
import styles from './palette.module.css'

/** Commands and people in one list, by what is typed. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState('')
  const [, navigate] = useLocation()
  const { people, isCurrent } = usePeople(typed)
  const commands = useCommands(typed)
  const [isEntered, setIsEntered] = useState(false)

  const run = (id: CommandId) => {
    onClose()
    // Once the dialog has given the focus back, or the command could not take it elsewhere.
    requestAnimationFrame(() => runCommand(id))
  }
  const show = ({ id }: FoundPerson) => {
    onClose()
    navigate(to.contact(id))
  }
  const runFirst = useEffectEvent(() => {
    const [command] = commands
    const [person] = people
    if (command) run(command)
    else if (person) show(person)
  })
  useEffect(() => {
    if (isEntered && isCurrent) runFirst()
  }, [isEntered, isCurrent])

  /** Until it is known whom the words find, the list is of other words. */
  function waitForPeople(event: KeyboardEvent) {
    const isChoosing = event.key === 'Enter' && typed !== '' && !event.nativeEvent.isComposing
    if (!isChoosing || isCurrent) return
    event.preventDefault()
    event.stopPropagation()
    setIsEntered(true)
  }

  return (
    <Dialog title={text('commands.title')} hidesTitle isOpen onClose={onClose} width="palette">
      <div role="presentation" className={styles.keys} onKeyDownCapture={waitForPeople}>
        <Autocomplete
          inputValue={typed}
          onInputChange={(typed) => {
            setTyped(typed)
            setIsEntered(false)
          }}
        >
          <SearchField
            aria-label={text('commands.placeholder')}
            autoFocus
            className={styles.field}
            onKeyDown={(event) => {
              // Else the first Escape would only clear what was typed.
              if (event.key === 'Escape') onClose()
            }}
          >
            <SearchIcon aria-hidden="true" />
            <Input placeholder={text('commands.placeholder')} className={styles.input} />
          </SearchField>
          <Menu
            aria-label={text('commands.title')}
            className={styles.menu}
            renderEmptyState={() => <p className={styles.nothing}>{text('commands.nothing')}</p>}
          >
            {commands.map((id) => (
              <MenuItem
                key={id}
                id={id}
                icon={CommandIcon}
                shortcut={shortcutOf(id)}
                onAction={() => run(id)}
              >
                {text(commandOf(id).text)}
              </MenuItem>
            ))}
            {people.map((person) => (
              <MenuItem
                key={person.id}
                id={person.id}
                picture={<Avatar {...person} size="small" />}
                note={person.subtitle}
                onAction={() => show(person)}
              >
                {person.name}
              </MenuItem>
            ))}
          </Menu>
        </Autocomplete>
      </div>
    </Dialog>
  )
}

/** The commands that can be run now and have all the words that were typed. */
function useCommands(typed: string): CommandId[] {
  const isRunnable = useRunnable()
  const words = typed.toLocaleLowerCase().split(/\s+/)
  return commandIds.filter((id) => {
    if (commandOf(id).isHidden || !isRunnable(id)) return false
    const name = text(commandOf(id).text).toLocaleLowerCase()
    return words.every((word) => name.includes(word))
  })
}
