import type { NewContact } from '../contacts/body-schema.ts'
import type { SampleContact } from '../contacts/sample-contacts.ts'

/** The labels of the samples, in the colours that the app offers. */
export const sampleLabels = [
  { name: 'Family', colour: '#d64545' },
  { name: 'Friends', colour: '#2d86c9' },
  { name: 'Work', colour: '#b7820a' },
  { name: 'Neighbours', colour: '#3a9257' },
  { name: 'Choir', colour: '#7a6fe0' },
  // What the star of the app sets.
  { name: 'Starred', colour: null },
] as const

export type LabelName = (typeof sampleLabels)[number]['name']

export type DetailedSample = {
  contact: NewContact
  labels: LabelName[]
  /** Whether a face is drawn for it. */
  hasFace: boolean
}

const companies = [
  'Blue Bottle Bakery',
  'Riverside Dental',
  'Northlight Studio',
  'Harbour & Sons',
  'Grüne Werkstatt',
  'Café Aurora',
  'Analytical Engines',
  'Oak Street School',
  'Lindner Architekten',
  'Orchard Veterinary',
]
const jobs = [
  'Baker',
  'Dentist',
  'Photographer',
  'Boat builder',
  'Joiner',
  'Barista',
  'Engineer',
  'Teacher',
  'Architect',
  'Vet',
]
const streets = ['12 Mill Lane', 'Lindenstraße 8', '44 Złota', '7 rue des Lilas', 'Strandgatan 3']
const cities = [
  { city: 'Bristol', postal_code: 'BS1 5TT', country: 'United Kingdom' },
  { city: 'Leipzig', postal_code: '04109', country: 'Germany' },
  { city: 'Kraków', postal_code: '31-041', country: 'Poland' },
  { city: 'Lyon', postal_code: '69002', country: 'France' },
  { city: 'Göteborg', postal_code: '411 20', country: 'Sweden' },
]

/** A sample with work, address and labels, as far as people know them of each other. */
export function detailed(sample: SampleContact, number: number): DetailedSample {
  const worksSomewhere = number % 5 < 3
  const place = number % companies.length
  const phones = sample.phone
    ? [{ label: number % 4 === 0 ? 'home' : 'mobile', value: sample.phone }]
    : []
  const emails = sample.email
    ? [{ label: worksSomewhere && number % 3 === 0 ? 'work' : 'home', value: sample.email }]
    : []
  const address = { label: 'home', street: at(streets, number), ...at(cities, number) }
  return {
    contact: {
      ...sample,
      phones,
      emails,
      ...(worksSomewhere && { company: companies[place], job_title: jobs[place] }),
      ...(number % 3 === 1 && { addresses: [address] }),
      ...(number % 11 === 4 && { messengers: signalOf(sample) }),
    },
    labels: labelsOf(number, worksSomewhere),
    hasFace: number % 5 < 3 && number % 7 !== 6,
  }
}

function signalOf({ phone }: SampleContact) {
  return phone ? [{ label: null, service: 'signal', value: phone }] : []
}

function labelsOf(number: number, worksSomewhere: boolean): LabelName[] {
  return [
    ...(number % 9 === 2 ? (['Family'] as const) : []),
    ...(number % 4 === 1 ? (['Friends'] as const) : []),
    ...(worksSomewhere && number % 6 === 0 ? (['Work'] as const) : []),
    ...(number % 13 === 5 ? (['Neighbours'] as const) : []),
    ...(number % 10 === 7 ? (['Choir'] as const) : []),
    ...(number % 17 === 1 ? (['Starred'] as const) : []),
  ]
}

function at<T>(choices: readonly T[], number: number): T {
  return choices[number % choices.length] as T
}
