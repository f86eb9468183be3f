// A client as a stranger writes one, with types that are generated from the OpenAPI document.
import createClient, { type Client } from 'openapi-fetch'
import type { components, paths } from './api.d.ts'

type Api = Client<paths>
type Schemas = components['schemas']
type Account = { username: string; email: string; password: string }

/** Does what most clients do, on a server at `baseUrl`; throws where an answer is not as expected. */
export async function useKith(
  baseUrl: string,
  account: Account,
  tokenFromMail: () => Promise<string>,
): Promise<void> {
  const api = createClient<paths>({ baseUrl })
  const token = await logIn(api, account, tokenFromMail)
  api.use({
    onRequest({ request }) {
      request.headers.set('authorization', `Bearer ${token}`)
    },
  })
  await keepContacts(api)
  await readPages(api)
  await moveContacts(api)
}

async function logIn(api: Api, account: Account, tokenFromMail: () => Promise<string>) {
  const { email, password } = account
  const signedUp = await api.POST('/api/auth/signup', { body: account })
  equal(signedUp.data?.user.email, email)
  const path = { token: await tokenFromMail() }
  const confirmed = await api.GET('/api/auth/confirmed_email/{token}', { params: { path } })
  equal(confirmed.response.status, 200)

  const wrong = await api.POST('/api/auth/login', { body: { email, password: 'wrong' } })
  equal(wrong.error?.code, 'invalid_login')
  const { data } = await api.POST('/api/auth/login', { body: { username: email, password } })
  return given(data?.access_token)
}

async function keepContacts(api: Api): Promise<void> {
  const body: Schemas['NewContact'] = {
    first_name: 'Ada',
    emails: [{ value: 'ada@example.org' }, { label: 'work', value: 'countess@example.org' }],
    birthday: '--12-10',
  }
  const params = { header: { 'idempotency-key': 'one' } }
  const created = await api.POST('/api/contacts', { body, params })
  const again = await api.POST('/api/contacts', { body, params })
  const ada: Schemas['WholeContact'] = given(created.data)
  equal(again.data?.id, ada.id)
  equal(ada.emails[1]?.label, 'work')
  await api.POST('/api/contacts', { body: { last_name: 'Hopper' } })
  await changeOnce(api, ada.id, given(created.response.headers.get('etag')))

  // @ts-expect-error: a contact has no such field.
  const misspelt: Schemas['NewContact'] = { firstName: 'Ada' }
  const refused = await api.POST('/api/contacts', { body: misspelt })
  equal(refused.error?.errors?.[0]?.pointer, '/firstName')
}

async function changeOnce(api: Api, id: string, etag: string): Promise<void> {
  const params = { path: { id }, header: { 'if-match': etag } }
  const body = { last_name: 'Lovelace', phones: [{ value: '+44 20 7946 0958' }] }
  const changed = await api.PATCH('/api/contacts/{id}', { params, body })
  equal(changed.data?.last_name, 'Lovelace')
  const late = await api.PATCH('/api/contacts/{id}', { params, body })
  equal(late.response.status, 412)
  equal(late.error?.code, 'stale')
  // @ts-expect-error: this call gives no such code.
  equal(late.error?.code === 'label_exists', false)
}

async function readPages(api: Api): Promise<void> {
  const first = await api.GET('/api/contacts', { params: { query: { limit: 1 } } })
  const link = /<(.+)>; rel="next"/.exec(given(first.response.headers.get('link')))
  const after = given(new URL(given(link?.[1]), 'http://localhost').searchParams.get('after'))
  const second = await api.GET('/api/contacts', { params: { query: { limit: 1, after } } })
  const listed: Schemas['Contact'][] = [...given(first.data), ...given(second.data)]
  equal(listed.length, 2)

  const whole = await api.GET('/api/contacts', { params: { query: { view: 'full', q: 'ada' } } })
  const [ada] = given(whole.data) as Schemas['WholeContact'][]
  equal(ada?.emails.length, 2)
  // @ts-expect-error: there are two views.
  const none = await api.GET('/api/contacts', { params: { query: { view: 'none' } } })
  equal(none.error?.code, 'validation_failed')
}

async function moveContacts(api: Api): Promise<void> {
  const card = 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Grace\r\nN:;Grace\r\nEND:VCARD\r\n'
  const started = await api.POST('/api/imports', {
    body: { file: card },
    bodySerializer({ file }) {
      const form = new FormData()
      form.set('file', new Blob([file]), 'contacts.vcf')
      return form
    },
  })
  const path = { id: given(started.data).id }
  const events = await api.GET('/api/imports/{id}/events', { params: { path }, parseAs: 'text' })
  equal(events.data?.includes('event: done'), true)
  const done = await api.GET('/api/imports/{id}', { params: { path } })
  equal(done.data?.state, 'done')
  equal(done.data?.created, 1)

  const cards = await api.GET('/api/export.vcf', { parseAs: 'text' })
  equal(cards.data?.startsWith('BEGIN:VCARD'), true)
  const json = await api.GET('/api/export.json')
  const exported: Schemas['ExportedContact'][] = given(json.data)
  equal(exported.length, 3)
}

function equal<Value>(seen: Value, expected: NoInfer<Value>): void {
  if (seen !== expected) throw new Error(`${String(seen)} instead of ${String(expected)}`)
}

function given<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('There is nothing.')
  return value
}
