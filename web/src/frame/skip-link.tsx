import { focusList } from '../contacts/focus-list.ts'
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
        if (!focusList()) document.querySelector<HTMLElement>('#main')?.focus()
      }}
    >
      {text('frame.skip')}
    </a>
  )
}
