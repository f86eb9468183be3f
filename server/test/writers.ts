import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { expectStatus, newAccount, type Answer, type Door, type Person } from './people.ts'

type Contact = { id: string; first_name: string | null; last_name: string | null }

/** The writes so far that the server has answered. */
export type Ledger = {
  /** By id, the last names that a contact may have: one, unless its change was not answered. */
  contacts: Map<string, (string | null)[]>
  /** The first names of contacts that were asked for in vain: each is there whole, or not at all. */
  unanswered: Set<string>
  /** The addresses of accounts whose sign-up was answered with 201. */
  accounts: string[]
  /** The number of answers with 503. */
  refusals: number
}

export function newLedger(): Ledger {
  return { contacts: new Map(), unanswered: new Set(), accounts: [], refusals: 0 }
}

/**
 * Writes contacts and accounts, seven at a time, until the server is gone or told to stop.
 * @param goOn is asked after each good answer, with the number of them in this round
 */
export async function writeMany(
  server: Door,
  owner: Person,
  ledger: Ledger,
  goOn: (answers: number) => boolean,
): Promise<void> {
  let answers = 0
  let isOver = false
  async function repeat(write: () => Promise<boolean>) {
    while (!isOver) {
      if (await write()) isOver ||= !goOn(++answers)
      else await refused()
    }
  }
  async function refused() {
    ledger.refusals++
    await setTimeout(20)
  }
  const writers = Array.from({ length: 6 }, () => repeat(() => writeContact(owner, ledger)))
  writers.push(repeat(() => openAccount(server, ledger)))
  await Promise.all(writers.map((writer) => writer.catch(ignoreDeath)))
}

let names = 0

async function writeContact(owner: Person, { contacts, unanswered }: Ledger): Promise<boolean> {
  const name = `contact ${++names}`
  unanswered.add(name)
  const created = await owner.post('/api/contacts', { first_name: name })
  if (!isDone(created, 201)) return false
  unanswered.delete(name)
  const { id } = created.json<Contact>()
  const last_name = `changed ${name}`
  contacts.set(id, [null, last_name])
  const changed = await owner.patch(
    `/api/contacts/${id}`,
    { last_name },
    { 'content-type': 'application/merge-patch+json' },
  )
  if (!isDone(changed, 200)) return false
  contacts.set(id, [last_name])
  return true
}

async function openAccount(server: Door, { accounts }: Ledger): Promise<boolean> {
  const payload = newAccount()
  const answer = await server.inject({ method: 'POST', url: '/api/auth/signup', payload })
  if (!isDone(answer, 201)) return false
  accounts.push(payload.email)
  return true
}

/** Asserts a status, or a proper 503. @returns false for 503 */
function isDone(answer: Answer, status: number): boolean {
  if (answer.statusCode === 503) expectUnavailable(answer)
  else expectStatus(answer, status)
  return answer.statusCode !== 503
}

export function expectUnavailable(answer: Answer): void {
  expectStatus(answer, 503)
  assert.match(String(answer.headers['content-type']), /^application\/problem\+json/)
  assert.ok(Number(answer.headers['retry-after']) > 0)
  assert.doesNotMatch(answer.body, /ECONN|terminat|127\.0\.0\.1/)
}

/** What fetch throws when nobody answers any more. */
function ignoreDeath(error: unknown) {
  if (!(error instanceof TypeError)) throw error
}

/** Asserts that every answered write is there, and nothing that was not asked for. */
export async function expectAll(owner: Person, { contacts, unanswered }: Ledger): Promise<void> {
  const found = new Map((await allContacts(owner)).map((contact) => [contact.id, contact]))
  for (const [id, names] of contacts) {
    const contact = found.get(id)
    assert.ok(contact, `an answered contact is lost: ${names.join()}`)
    assert.ok(names.includes(contact.last_name), `an answered change is lost: ${names.join()}`)
  }
  for (const { id, first_name } of found.values()) {
    assert.ok(contacts.has(id) || unanswered.has(first_name ?? ''), `${first_name} is nobody's`)
  }
}

async function allContacts(owner: Person): Promise<Contact[]> {
  const all: Contact[] = []
  let answer: Answer
  do {
    answer = await owner.get(`/api/contacts?limit=100&skip=${all.length}`)
    expectStatus(answer, 200)
    all.push(...answer.json<Contact[]>())
  } while (all.length < Number(answer.headers['x-total-count']))
  return all
}

/** Whether at least one mail has gone to each of those whose sign-up was answered. */
export async function everyoneHasMail({ mailbox }: Door, { accounts }: Ledger): Promise<boolean> {
  const mails = await mailbox.all()
  const to = new Set(mails.flatMap((mail) => mail.to?.map(({ address }) => address)))
  return accounts.every((email) => to.has(email))
}
