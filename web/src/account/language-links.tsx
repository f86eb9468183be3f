import { rememberLanguage } from '../device.ts'
import { languages, type Language } from '../strings/catalogues.ts'
import { text } from '../strings/text.ts'
import styles from './language-links.module.css'

const names: Record<Language, string> = { en: 'English', de: 'Deutsch', uk: 'Українська' }

/** Another language for this device; each is named in itself. */
export function LanguageLinks() {
  function choose(language: Language) {
    rememberLanguage(language)
    location.reload()
  }
  return (
    <ul aria-label={text('account.language')} className={styles.list}>
      {languages.map((language) => (
        <li key={language}>
          <button
            type="button"
            lang={language}
            aria-current={document.documentElement.lang === language ? 'true' : undefined}
            className={styles.language}
            onClick={() => choose(language)}
          >
            {names[language]}
          </button>
        </li>
      ))}
    </ul>
  )
}
