import type { Label, NewLabel } from '../src/labels/schema.ts'
import { expectStatus, readJson, type Person } from './people.ts'

/** Adds a label, as its owner. */
export async function createLabel(
  owner: Person,
  name: string,
  colour?: NewLabel['colour'],
): Promise<Label> {
  const answer = await owner.post('/api/labels', { name, ...(colour !== undefined && { colour }) })
  expectStatus(answer, 201)
  return answer.json<Label>()
}

/** Adds a label, as its owner. @returns its id */
export async function addLabel(owner: Person, name: string): Promise<string> {
  return (await createLabel(owner, name)).id
}

/** All labels of a person, in the order of the list. */
export function labelsOf(owner: Person): Promise<Label[]> {
  return readJson(owner, '/api/labels')
}

export async function labelNamesOf(owner: Person): Promise<string[]> {
  return (await labelsOf(owner)).map(({ name }) => name)
}
