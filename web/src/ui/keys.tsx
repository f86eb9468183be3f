import styles from './keys.module.css'

type Props = {
  shortcut: string
  /** Read out as well, where it is no repetition of `aria-keyshortcuts`. */
  isRead?: boolean
}

/** A key, or keys one after the other (`g c`), or together (`Control+K`). */
export function Keys({ shortcut, isRead = false }: Props) {
  return (
    <span className={styles.keys} aria-hidden={isRead ? undefined : true}>
      {shortcut.split(' ').map((key) => (
        <kbd key={key} className={styles.key}>
          {shownKey(key)}
        </kbd>
      ))}
    </span>
  )
}

const isApple = /Mac|iPhone|iPad/.test(navigator.platform)
const signs: Record<string, string> = {
  Control: isApple ? '⌘' : 'Ctrl',
  Shift: '⇧',
  Enter: isApple ? '↩' : '↵',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowRight: '→',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
}

/** As it is written on the keys of this device: `⌘ K` or `Ctrl K`. */
export const shownKey = (key: string) =>
  key
    .split('+')
    .map((part) => signs[part] ?? part)
    .join(' ')
