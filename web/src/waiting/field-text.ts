import { text, type Message } from '../strings/text.ts'

/** Fields by the names that they have in the form. */
const names: Record<string, Message | undefined> = {
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
  birthday: 'editing.birthday',
  additional_data: 'editing.notes',
  email: 'editing.email',
  phone: 'editing.phone',
  emails: 'editing.emails',
  phones: 'editing.phones',
  addresses: 'editing.addresses',
  links: 'editing.links',
  messengers: 'editing.messengers',
  dates: 'editing.dates',
  relations: 'editing.relations',
  custom_fields: 'editing.ownFields',
  label_ids: 'editing.labels',
  labels: 'editing.labels',
}

/** A field as it is named in the form. */
export const fieldName = (field: string) => text(names[field] ?? 'sync.field.other')
