import { text, type Message } from '../strings/text.ts'
import { BookUserIcon, CloudOffIcon, SecurityIcon, type Icon } from '../ui/icons.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { LanguageLinks } from './language-links.tsx'
import { useHeading } from './use-heading.ts'
import { useRegistration } from './use-registration.ts'
import styles from './welcome.module.css'

type Point = { icon: Icon; title: Message; note: Message }

const points: Point[] = [
  { icon: BookUserIcon, title: 'account.pointWhole', note: 'account.pointWholeNote' },
  { icon: CloudOffIcon, title: 'account.pointOffline', note: 'account.pointOfflineNote' },
  { icon: SecurityIcon, title: 'account.pointOwn', note: 'account.pointOwnNote' },
]

/** The first page for who is not logged in: what this is, and two doors. */
export function Welcome() {
  const registration = useRegistration()
  const heading = useHeading(null)
  return (
    <div className={styles.page}>
      <main className={styles.main}>
        <img src="/icon.svg" alt="" width="72" height="72" />
        <h1 ref={heading} tabIndex={-1} className={styles.heading}>
          {text('account.kith')}
        </h1>
        <p className={styles.lead}>{text('account.lead')}</p>
        <p className={styles.doors}>
          <LinkButton to="/login" variant="primary">
            {text('account.logIn')}
          </LinkButton>
          {registration === 'closed' ? null : (
            <LinkButton to="/signup">{text('account.createAnAccount')}</LinkButton>
          )}
        </p>
        <ul className={styles.points}>
          {points.map(({ icon: Icon, title, note }) => (
            <li key={title} className={styles.point}>
              <Icon aria-hidden="true" />
              <h2 className={styles.title}>{text(title)}</h2>
              <p className={styles.note}>{text(note)}</p>
            </li>
          ))}
        </ul>
      </main>
      <footer className={styles.footer}>
        <LanguageLinks />
        <a href="/docs">{text('account.docs')}</a>
      </footer>
    </div>
  )
}
