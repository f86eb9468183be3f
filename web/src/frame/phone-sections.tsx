import { useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { to } from '../routes.ts'
import { text } from '../strings/text.ts'
import { CakeIcon, ContactsIcon, LabelIcon, MoreIcon } from '../ui/icons.ts'
import { Sheet } from '../ui/sheet.tsx'
import { Navigation } from './navigation.tsx'
import { PhoneLink } from './phone-link.tsx'
import styles from './phone-sections.module.css'

/** The bar at the bottom of a phone: the most used screens, and the way to all. */
export function PhoneSections() {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <nav aria-label={text('frame.sections')} className={styles.bar}>
      <PhoneLink to={to.contacts} icon={ContactsIcon}>
        {text('frame.contacts')}
      </PhoneLink>
      <PhoneLink to={to.birthdays} icon={CakeIcon}>
        {text('frame.birthdaysShort')}
      </PhoneLink>
      <PhoneLink to={to.labels} icon={LabelIcon}>
        {text('frame.labels')}
      </PhoneLink>
      <Button className={styles.item} onPress={() => setIsOpen(true)}>
        <MoreIcon aria-hidden="true" />
        {text('frame.menu')}
      </Button>
      <Sheet title={text('frame.menu')} isOpen={isOpen} onClose={() => setIsOpen(false)}>
        <Navigation />
      </Sheet>
    </nav>
  )
}
