import { text } from '../strings/text.ts'
import styles from './brand.module.css'

/** Kith's mark and name, which lead to the first page. */
export function Brand() {
  return (
    <a href="/" className={styles.brand}>
      <img src="/icon.svg" alt="" width="32" height="32" />
      {text('account.kith')}
    </a>
  )
}
