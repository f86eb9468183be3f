import type { ReactNode } from 'react'
import { classes } from '../ui/classes.ts'
import type { Icon } from '../ui/icons.ts'
import { Brand } from './brand.tsx'
import { LanguageLinks } from './language-links.tsx'
import { useHeading } from './use-heading.ts'
import styles from './account-card.module.css'

type Props = {
  title: string
  icon?: Icon
  /** Whether the icon says that something is over. */
  isOver?: boolean
  children: ReactNode
  /** Below the card: where else to go. */
  foot?: ReactNode
}

/** One page with one thing to do. */
export function AccountCard({ title, icon: Icon, isOver = false, children, foot }: Props) {
  const heading = useHeading(title)
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <Brand />
      </header>
      <main className={styles.main}>
        <article className={styles.card}>
          {Icon ? (
            <span className={classes(styles.badge, isOver && styles.over)}>
              <Icon aria-hidden="true" />
            </span>
          ) : null}
          <h1 ref={heading} tabIndex={-1} className={styles.heading}>
            {unbroken(title)}
          </h1>
          {children}
        </article>
        {foot ? <p className={styles.foot}>{foot}</p> : null}
      </main>
      <footer className={styles.footer}>
        <LanguageLinks />
      </footer>
    </div>
  )
}

/** No line ends within “e-mail”. */
function unbroken(title: string): ReactNode {
  const [before, word, after] = title.split(/(e-mail)/i)
  if (word === undefined) return title
  return (
    <>
      {before}
      <span className={styles.unbroken}>{word}</span>
      {after}
    </>
  )
}
