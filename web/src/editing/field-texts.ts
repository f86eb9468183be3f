import type { ListField } from '@kith/server/book/fields'
import type { Message } from '../strings/text.ts'
import { formTexts, textField, type FormText } from './form.ts'

/** The names of the fields with one text each. */
export const namesOfTexts: Record<FormText, Message> = {
  prefix: 'editing.prefix',
  first_name: 'editing.firstName',
  middle_name: 'editing.middleName',
  last_name: 'editing.lastName',
  suffix: 'editing.suffix',
  phonetic_first_name: 'editing.phoneticFirst',
  phonetic_middle_name: 'editing.phoneticMiddle',
  phonetic_last_name: 'editing.phoneticLast',
  nickname: 'editing.nickname',
  company: 'editing.company',
  department: 'editing.department',
  job_title: 'editing.jobTitle',
  additional_data: 'editing.notes',
}

type ListTexts = { group: Message; label: Message; value: Message; add: Message; remove: Message }

/** What the controls of each list are called. */
export const textsOfLists: Record<ListField, ListTexts> = {
  phones: {
    group: 'editing.phones',
    label: 'editing.phoneLabel',
    value: 'editing.phone',
    add: 'editing.addPhone',
    remove: 'editing.removePhone',
  },
  emails: {
    group: 'editing.emails',
    label: 'editing.emailLabel',
    value: 'editing.email',
    add: 'editing.addEmail',
    remove: 'editing.removeEmail',
  },
  addresses: {
    group: 'editing.addresses',
    label: 'editing.addressLabel',
    value: 'editing.address',
    add: 'editing.addAddress',
    remove: 'editing.removeAddress',
  },
  dates: {
    group: 'editing.dates',
    label: 'editing.dateLabel',
    value: 'editing.date',
    add: 'editing.addDate',
    remove: 'editing.removeDate',
  },
  links: {
    group: 'editing.links',
    label: 'editing.linkLabel',
    value: 'editing.link',
    add: 'editing.addLink',
    remove: 'editing.removeLink',
  },
  messengers: {
    group: 'editing.messengers',
    label: 'editing.messengerLabel',
    value: 'editing.messenger',
    add: 'editing.addMessenger',
    remove: 'editing.removeMessenger',
  },
  relations: {
    group: 'editing.relations',
    label: 'editing.relationLabel',
    value: 'editing.relation',
    add: 'editing.addRelation',
    remove: 'editing.removeRelation',
  },
  custom_fields: {
    group: 'editing.ownFields',
    label: 'editing.ownFieldLabel',
    value: 'editing.ownField',
    add: 'editing.addOwnField',
    remove: 'editing.removeOwnField',
  },
}

/** What a field of the page is called that belongs to no list. */
export function nameOfField(field: string): Message {
  const ofText = formTexts.find((name) => textField(name) === field)
  if (ofText) return namesOfTexts[ofText]
  return field === 'labels' ? 'editing.labels' : 'editing.birthday'
}
