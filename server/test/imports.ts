import type { Import, ImportEntry } from '../src/imports/schema.ts'
import { expectStatus, type Answer, type Person } from './people.ts'
import { until } from './until.ts'

/** Uploads a file as a browser would. */
export async function importFile(
  person: Person,
  content: string | Uint8Array,
  { dryRun = false, name = 'contacts.vcf', field = 'file', type = '', charset = '' } = {},
): Promise<Answer> {
  const form = new FormData()
  form.set(field, new Blob([Uint8Array.from(Buffer.from(content))], { type }), name)
  const { headers, body } = new Response(form)
  const payload = Buffer.from(await new Response(body).arrayBuffer())
  const query = new URLSearchParams()
  if (dryRun) query.set('dry_run', 'true')
  if (charset !== '') query.set('charset', charset)
  const formType = { 'content-type': headers.get('content-type') ?? '' }
  return person.post(`/api/imports?${query.toString()}`, payload, formType)
}

/** Waits until an import has ended. @param answer of the upload */
export async function finished(
  person: Person,
  answer: Answer,
  withinMs = 100_000,
): Promise<Import> {
  expectStatus(answer, 202)
  const url = `/api/imports/${answer.json<Import>().id}`
  return until(
    'the import to end',
    async () => {
      const row = (await person.get(url)).json<Import>()
      return ['done', 'failed', 'undone'].includes(row.state) && row
    },
    withinMs,
  )
}

/** Uploads a file and waits for the end of its import. */
export async function imported(
  person: Person,
  content: string | Uint8Array,
  options: Parameters<typeof importFile>[2] = {},
): Promise<Import> {
  return finished(person, await importFile(person, content, options))
}

/** The reported entries of an import, a thousand at most. */
export async function entriesOf(person: Person, { id }: Import): Promise<ImportEntry[]> {
  const answer = await person.get(`/api/imports/${id}/entries?limit=1000`)
  expectStatus(answer, 200)
  return answer.json()
}

export function countsOf({ created, updated, same, failed }: Import) {
  return { created, updated, same, failed }
}
