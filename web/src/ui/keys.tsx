import styles from './keys.module.css'

/** A key, or keys one after the other (`g c`), or together (`Control+K`). */
export function Keys({ shortcut }: { shortcut: string }) {
  return (
    <span className={styles.keys} aria-hidden="true">
      {shortcut.split(' ').map((key) => (
        <kbd key={key} className={styles.key}>
          {shownKey(key)}
        </kbd>
      ))}
    </span>
  )
}

const isApple = /Mac|iPhone|iPad/.test(navigator.platform)

/** As it is written on the keys of this device: `⌘K` or `Ctrl K`. */
export const shownKey = (key: string) =>
  isApple
    ? key.replace('Control+', '⌘').replace('Shift+', '⇧').replace('Enter', '↩')
    : key.replace('Control+', 'Ctrl ').replace('Shift+', '⇧ ').replace('Enter', '↵')
