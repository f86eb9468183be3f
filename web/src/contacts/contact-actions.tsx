import { itemOf } from '../data/item.ts'
import { text } from '../strings/text.ts'
import { ActionTile } from '../ui/action-tile.tsx'
import { EmailIcon, MapPinIcon, MessageIcon, PhoneIcon } from '../ui/icons.ts'
import type { Contact } from '../worker/calls.ts'
import { mailAddress, mapAddress, phoneAddress, textAddress } from './outside.ts'
import styles from './contact.module.css'

/** What people do most: call, write, find the way. */
export function ContactActions({ contact }: { contact: Contact }) {
  const [phone] = contact.phones
  const mobile = contact.phones.find(({ label }) => label === 'mobile') ?? phone
  const [email] = contact.emails
  const [address] = contact.addresses
  if (!phone && !email && !address) return null
  return (
    <div className={styles.actions}>
      {phone ? (
        <ActionTile icon={PhoneIcon} href={phoneAddress(phone.value)}>
          {text('contacts.call')}
        </ActionTile>
      ) : null}
      {mobile ? (
        <ActionTile icon={MessageIcon} href={textAddress(mobile.value)}>
          {text('contacts.message')}
        </ActionTile>
      ) : null}
      {email ? (
        <ActionTile icon={EmailIcon} href={mailAddress(email.value)}>
          {text('contacts.email')}
        </ActionTile>
      ) : null}
      {address ? (
        <ActionTile
          icon={MapPinIcon}
          href={mapAddress(itemOf(address).text)}
          hint={text('contacts.map.hint')}
        >
          {text('contacts.map')}
        </ActionTile>
      ) : null}
    </div>
  )
}
