import { sendBatch } from '../../server/test/batch.ts'
import { expectStatus, type Person } from '../../server/test/people.ts'

/** Some people of a book that has something of everything: scripts, dates, labels, all fields. */
export const zoe = {
  first_name: 'Zoë',
  last_name: 'Łukasiewicz',
  company: 'Blue Bottle',
  job_title: 'Baker',
  nickname: 'Zo',
  birthday: '1990-11-25',
  additional_data: 'Knows everything about sourdough.',
  phones: [
    { label: 'mobile', value: '+48 22 123 45 67' },
    { label: 'work', value: '+48 22 765 43 21' },
  ],
  emails: [{ label: 'work', value: 'zoe@blue.example' }],
  addresses: [{ label: 'home', street: 'Złota 44', city: 'Warszawa', country: 'Poland' }],
  links: [{ label: 'home page', value: 'https://blue.example/zoe' }],
  messengers: [{ label: null, service: 'signal', value: '+48 22 123 45 67' }],
  dates: [{ label: 'anniversary', value: '2015-06-20' }],
  relations: [{ label: 'spouse', value: 'Omar Mensah' }],
  custom_fields: [{ label: 'Shoe size', value: '39' }],
}

export const people = [
  zoe,
  {
    first_name: 'Ada',
    last_name: 'Lovelace',
    company: 'Analytical Engines',
    phone: '+44 20 7946 0958',
  },
  { first_name: 'Omar', last_name: 'Mensah', company: 'Acme GmbH', email: 'omar@acme.example' },
  { first_name: 'Yuki', last_name: 'Nowak', birthday: '--02-29' },
  { first_name: 'Оксана', last_name: 'Шевченко', phone: '+380 44 123 45 67' },
  { first_name: '伟', last_name: '王', email: 'wang.wei@example.org' },
  { first_name: 'مريم', last_name: 'حداد', phone: '+961 1 234 567' },
  { company: 'Städtische Bibliothek', phone: '+49 30 123 456' },
]

/** Two pairs of contacts of one person each: one that is certain, and one that is likely. */
export const doubles = [
  {
    first_name: 'Grace',
    last_name: 'Hopper',
    email: 'grace@navy.example',
    phone: '+1 212 555 0143',
  },
  { first_name: 'Grace', last_name: 'Hopper', email: 'grace@navy.example', company: 'US Navy' },
  { first_name: 'Bob', last_name: 'Miller', phone: '+1 415 555 0111', company: 'Initech' },
  { first_name: 'Robert', last_name: 'Miller', phone: '(415) 555-0111', job_title: 'Clerk' },
]

/** Adds people to somebody's book. @returns their ids */
export async function addPeople(owner: Person, contacts: object[] = people): Promise<string[]> {
  const operations = contacts.map((contact) => ({ operation: 'create', contact }))
  const { results } = await sendBatch(owner, ...operations)
  return results.map(({ contact, error }) => {
    if (!contact) throw new Error(`a contact was refused: ${JSON.stringify(error)}`)
    return contact.id
  })
}

/** Makes a label. @returns its id */
export async function addLabel(owner: Person, name: string, colour?: string): Promise<string> {
  const answer = await owner.post('/api/labels', { name, ...(colour && { colour }) })
  expectStatus(answer, 201)
  return answer.json<{ id: string }>().id
}

/** Puts labels on a contact. */
export async function label(owner: Person, id: string, ...labelIds: string[]): Promise<void> {
  expectStatus(await owner.patch(`/api/contacts/${id}`, { label_ids: labelIds }), 200)
}

/** A book as people have it: with labels, a favourite, doubles, and somebody in the trash. */
export async function fillBook(owner: Person): Promise<{ zoe: string; friends: string }> {
  const [zoe = ''] = await addPeople(owner)
  await addPeople(owner, doubles)
  const friends = await addLabel(owner, 'Friends', '#3b82f6')
  const starred = await addLabel(owner, 'Starred')
  await label(owner, zoe, friends, starred)
  const [gone = ''] = await addPeople(owner, [{ first_name: 'Gustav', last_name: 'Gone' }])
  expectStatus(await owner.delete(`/api/contacts/${gone}`), 204)
  return { zoe, friends }
}
