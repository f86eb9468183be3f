import { itemOf } from '../data/item.ts'
import { useWide } from '../frame/media.ts'
import { shownLabel, shownService } from '../strings/known-label.ts'
import { text } from '../strings/text.ts'
import { Card } from '../ui/card.tsx'
import type { Contact } from '../worker/calls.ts'
import { BirthdayRow, DateRow } from './date-rows.tsx'
import { mailAddress, mapAddress, messengerAddress, phoneAddress, webAddress } from './outside.ts'
import { PlaceText } from './place-text.tsx'
import { RelationRow } from './relation-row.tsx'
import { ValueRow } from './value-row.tsx'
import styles from './contact.module.css'

/** Every value of a contact, a card for each kind; what is empty is not there. */
export function ContactCards({ contact }: { contact: Contact }) {
  if (!useWide()) {
    return (
      <div className={styles.cards}>
        <Reach contact={contact} />
        <Places contact={contact} />
        <Dates contact={contact} />
        <Relations contact={contact} />
        <OwnFields contact={contact} />
        <Notes contact={contact} />
      </div>
    )
  }
  return (
    <div className={styles.columns}>
      <div className={styles.cards}>
        <Reach contact={contact} />
        <Relations contact={contact} />
        <OwnFields contact={contact} />
      </div>
      <div className={styles.cards}>
        <Places contact={contact} />
        <Dates contact={contact} />
        <Notes contact={contact} />
      </div>
    </div>
  )
}

type Props = { contact: Contact }

function Reach({ contact: { phones, emails, messengers, links } }: Props) {
  if (phones.length + emails.length + messengers.length + links.length === 0) return null
  return (
    <Card>
      {phones.map(({ label, value }, at) => (
        <ValueRow
          key={keyOf(at, value)}
          label={label ? shownLabel(label) : text('contacts.phone')}
          value={value}
          href={phoneAddress(value)}
          isNumber
        />
      ))}
      {emails.map(({ label, value }, at) => (
        <ValueRow
          key={keyOf(at, value)}
          label={label ? shownLabel(label) : text('contacts.emailValue')}
          value={value}
          href={mailAddress(value)}
        />
      ))}
      {messengers.map(({ label, service, value }, at) => (
        <ValueRow
          key={keyOf(at, value)}
          label={
            service ? shownService(service) : label ? shownLabel(label) : text('contacts.messenger')
          }
          value={value}
          href={messengerAddress(service, value)}
        />
      ))}
      {links.map(({ label, value }, at) => (
        <ValueRow
          key={keyOf(at, value)}
          label={label ? shownLabel(label) : text('contacts.link')}
          value={value}
          href={webAddress(value)}
        />
      ))}
    </Card>
  )
}

function Places({ contact: { addresses } }: Props) {
  if (addresses.length === 0) return null
  return (
    <Card>
      {addresses.map((address, at) => {
        const { text: line } = itemOf(address)
        return (
          <ValueRow
            key={keyOf(at, line)}
            label={address.label ? shownLabel(address.label) : text('contacts.address')}
            value={line}
            href={mapAddress(line)}
          >
            <PlaceText address={address} />
          </ValueRow>
        )
      })}
    </Card>
  )
}

function Dates({ contact: { birthday, dates } }: Props) {
  if (!birthday && dates.length === 0) return null
  return (
    <Card>
      {birthday ? <BirthdayRow birthday={birthday} /> : null}
      {dates.map(({ label, value }, at) => (
        <DateRow key={keyOf(at, value)} label={label} value={value} />
      ))}
    </Card>
  )
}

function Relations({ contact: { relations } }: Props) {
  if (relations.length === 0) return null
  return (
    <Card>
      {relations.map(({ label, value }, at) => (
        <RelationRow key={keyOf(at, value)} label={label} name={value} />
      ))}
    </Card>
  )
}

function OwnFields({ contact: { custom_fields } }: Props) {
  if (custom_fields.length === 0) return null
  return (
    <Card>
      {custom_fields.map(({ label, value }, at) => (
        <ValueRow
          key={keyOf(at, value)}
          label={label ?? text('contacts.ownField')}
          value={value}
          href={null}
        />
      ))}
    </Card>
  )
}

function Notes({ contact: { additional_data } }: Props) {
  if (!additional_data) return null
  return (
    <Card>
      <ValueRow label={text('contacts.notes')} value={additional_data} href={null} isLong />
    </Card>
  )
}

/** Values are read only: a place and its text name a row for as long as it is there. */
const keyOf = (at: number, value: string) => `${at} ${value}`
