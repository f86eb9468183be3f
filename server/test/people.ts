import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { LightMyRequestResponse } from 'fastify'
import { tokenIn, type Mailbox } from './mailbox.ts'

export type Call = {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'
  url: string
  headers?: Record<string, string>
  /** Text and bytes are sent as they are, with your content-type; anything else as JSON. */
  payload?: string | Buffer | object
  remoteAddress?: string
}
export type Answer = Pick<
  LightMyRequestResponse,
  'statusCode' | 'headers' | 'body' | 'rawPayload' | 'json'
>
/** The parts of a server that people use, whether in this process or in one of its own. */
export type Door = { inject(call: Call): Promise<Answer>; mailbox: Mailbox }

type Account = { username: string; email: string; password: string }
type Tokens = {
  access_token: string
  refresh_token: string
  token_type: string
  expires_in: number
}
type Headers = Record<string, string>
type Payload = Call['payload']

/** Somebody who is logged in, on one device, at an address of their own. */
export type Person = Account & {
  tokens: Tokens
  inject(call: Call): Promise<Answer>
  get(url: string, headers?: Headers): Promise<Answer>
  post(url: string, payload?: Payload, headers?: Headers): Promise<Answer>
  put(url: string, payload?: Payload, headers?: Headers): Promise<Answer>
  patch(url: string, payload?: Payload, headers?: Headers): Promise<Answer>
  delete(url: string, payload?: Payload, headers?: Headers): Promise<Answer>
}

/** Becomes a user as a stranger would: signs up, opens the mail, follows its link, logs in. */
export async function signUp(server: Door, wanted: Partial<Account> = {}): Promise<Person> {
  const remoteAddress = nextAddress()
  const account = newAccount(wanted)
  const answer = await server.inject({
    method: 'POST',
    url: '/api/auth/signup',
    payload: account,
    remoteAddress,
  })
  expectStatus(answer, 201)
  const token = tokenIn(await server.mailbox.next({ to: account.email }))
  const confirmed = await server.inject({
    method: 'GET',
    url: `/api/auth/confirmed_email/${token}`,
    remoteAddress,
  })
  expectStatus(confirmed, 200)
  return logIn(server, account, remoteAddress)
}

/** Logs in on one more device. */
export async function logIn(
  server: Door,
  account: Account,
  remoteAddress = nextAddress(),
): Promise<Person> {
  const { email, password } = account
  const answer = await server.inject({
    method: 'POST',
    url: '/api/auth/login',
    payload: { email, password },
    remoteAddress,
  })
  expectStatus(answer, 200)
  const tokens: Tokens = answer.json()
  return personWith(server, account, tokens, remoteAddress)
}

/** The same person by an API token, which `id` names. */
export async function byToken(
  server: Door,
  owner: Person,
  scope: 'read_only' | 'read_write' = 'read_only',
): Promise<Person & { id: string }> {
  const answer = await owner.post('/api/users/me/tokens', { name: 'Script', scope })
  expectStatus(answer, 201)
  const { id, token } = answer.json()
  const tokens = { ...owner.tokens, access_token: token, refresh_token: '' }
  return { ...personWith(server, owner, tokens, nextAddress()), id }
}

/** Data for an account that nobody else has. */
export function newAccount(wanted: Partial<Account> = {}): Account {
  return {
    username: 'Ada Lovelace',
    email: `ada.${randomUUID()}@example.org`,
    password: 'correct horse battery staple',
    ...wanted,
  }
}

let addresses = 0

/** A new address in 10.0.0.0/8 with each call. */
export function nextAddress(): string {
  const number = ++addresses
  return `10.0.${number >> 8}.${number & 255}`
}

export function expectStatus(answer: Answer, status: number): void {
  assert.equal(answer.statusCode, status, `${answer.statusCode} ${answer.body}`)
}

/** The JSON that a person reads at an address, whose answer must be 200. */
export async function readJson<T>(person: Person, url: string): Promise<T> {
  const answer = await person.get(url)
  expectStatus(answer, 200)
  return answer.json<T>()
}

function personWith(server: Door, account: Account, tokens: Tokens, remoteAddress: string): Person {
  const inject = (call: Call) =>
    server.inject({
      remoteAddress,
      ...call,
      headers: { authorization: `Bearer ${tokens.access_token}`, ...call.headers },
    })
  const verb =
    (method: Call['method']) =>
    (url: string, payload?: Payload, headers: Headers = {}) =>
      inject({ method, url, headers, ...(payload !== undefined && { payload }) })
  return {
    ...account,
    tokens,
    inject,
    get: (url, headers = {}) => inject({ method: 'GET', url, headers }),
    post: verb('POST'),
    put: verb('PUT'),
    patch: verb('PATCH'),
    delete: verb('DELETE'),
  }
}
