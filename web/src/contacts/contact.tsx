import { isCompany, titleOf } from '../data/title.ts'
import { useContact } from '../data/use-contact.ts'
import { usePhoto } from '../data/use-photo.ts'
import { usePhone } from '../frame/media.ts'
import { UnsentSign } from '../frame/sync-button.tsx'
import { LabelChips } from '../labels/label-chips.tsx'
import { to } from '../routes.ts'
import { text } from '../strings/text.ts'
import { LazyConflicts } from '../sync/lazy-conflicts.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { GreyRows } from '../ui/grey-rows.tsx'
import { PersonIcon } from '../ui/icons.ts'
import { LinkButton } from '../ui/link-button.tsx'
import type { Contact as ContactData } from '../worker/calls.ts'
import { ContactActions } from './contact-actions.tsx'
import { ContactBar, WayBack } from './contact-bar.tsx'
import { ContactCards } from './contact-cards.tsx'
import { ContactFoot } from './contact-foot.tsx'
import { useContactHeading } from './focus-heading.ts'
import styles from './contact.module.css'

/** A contact to read, with what can be done about it. */
export function Contact({ id }: { id: string }) {
  const state = useContact(id)
  if (state.kind === 'here') return <Article contact={state.contact} />
  return state.kind === 'missing' ? <Missing /> : <GreyRows label={text('frame.loading')} />
}

function Missing() {
  const isPhone = usePhone()
  return (
    <>
      {isPhone ? (
        <div className={styles.bar}>
          <WayBack />
        </div>
      ) : null}
      <EmptyState
        icon={PersonIcon}
        title={text('contacts.missing')}
        actions={
          <LinkButton variant="primary" to={to.trash}>
            {text('contacts.missing.trash')}
          </LinkButton>
        }
      >
        {text('contacts.missing.note')}
      </EmptyState>
    </>
  )
}

function Article({ contact }: { contact: ContactData }) {
  const name = titleOf(contact) || text('contacts.noName')
  const photo = usePhoto(contact.photo, 512)
  const heading = useContactHeading(contact.id)
  return (
    <article aria-label={name} className={styles.contact}>
      <ContactBar contact={contact} name={name} />
      <div className={styles.column}>
        <UnsentSign />
        <LazyConflicts contactId={contact.id} />
        <header className={styles.header}>
          <Avatar
            id={contact.id}
            name={name}
            photo={photo}
            isCompany={isCompany(contact)}
            size="large"
          />
          <div className={styles.names}>
            <h2 ref={heading} tabIndex={-1} className={styles.name}>
              {name}
            </h2>
            <OtherNames contact={contact} name={name} />
            <LabelChips contact={contact} />
          </div>
        </header>
        <ContactActions contact={contact} />
        <ContactCards contact={contact} />
        <ContactFoot contact={contact} />
      </div>
    </article>
  )
}

function OtherNames({ contact, name }: { contact: ContactData; name: string }) {
  const { phonetic_first_name, phonetic_middle_name, phonetic_last_name, nickname } = contact
  const spoken = [phonetic_first_name, phonetic_middle_name, phonetic_last_name]
  const aside = [
    formalName(contact),
    spoken.filter(Boolean).join(' '),
    nickname !== name && nickname && `“${nickname}”`,
  ]
  const work = [contact.job_title, contact.department, contact.company].filter(
    (part) => part && part !== name,
  )
  return (
    <>
      {aside.some(Boolean) ? (
        <p className={styles.aside}>{aside.filter(Boolean).join(' · ')}</p>
      ) : null}
      {work.length > 0 ? <p className={styles.work}>{work.join(' · ')}</p> : null}
    </>
  )
}

/** The name in a letter, where it has more than the heading shows: “Dr. Zoë Łukasiewicz PhD”. */
function formalName({ prefix, first_name, middle_name, last_name, suffix }: ContactData): string {
  if (!prefix && !suffix) return ''
  return [prefix, first_name, middle_name, last_name, suffix].filter(Boolean).join(' ')
}
