import type { ContactAnswer } from '@kith/server/contacts/schema'

type Named = Partial<ContactAnswer>

/** What a contact is called where it is no row of the book: its name, or what stands for it. */
export function titleOf(contact: Named): string {
  const { first_name, middle_name, last_name, company, nickname, email, phone } = contact
  const name = [first_name, middle_name, last_name].filter(Boolean).join(' ')
  return name || company || nickname || email || phone || contact.prefix || contact.suffix || ''
}

/** The line below the name: job and company, or the first address or number. */
export function subtitleOf(contact: Named): string {
  const title = titleOf(contact)
  const reach = [contact.email, contact.phone].find((part) => part && part !== title)
  return workOf(contact) || (reach ?? '')
}

/** What somebody does, and where: “Baker · Blue Bottle”. */
export function workOf(contact: Named): string {
  const title = titleOf(contact)
  return [contact.job_title, contact.company].filter((part) => part && part !== title).join(' · ')
}

/** Whether it has no name of a person. */
export function isCompany(contact: Named): boolean {
  return titleOf(contact) === contact.company
}
