import { text } from '../strings/text.ts'
import styles from './skip-link.module.css'

/** The first stop of the Tab key: past the navigation, to the list or what stands in its place. */
export function SkipLink() {
  return (
    <a
      href="#main"
      className={styles.skip}
      onClick={(event) => {
        event.preventDefault()
        focusList()
      }}
    >
      {text('frame.skip')}
    </a>
  )
}

function focusList() {
  const row = document.querySelector<HTMLElement>('[role=grid] [role=row][tabindex="0"]')
  const target = row ?? document.querySelector<HTMLElement>('#main')
  target?.focus()
}
