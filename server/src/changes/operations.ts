import type { FastifySchema } from 'fastify'
import Type from 'typebox'
import { opensToTokens } from '../http/api-token-access.ts'
import { needsLogin, problems } from '../http/problem-responses.ts'
import { ref, streamed } from '../http/schemas.ts'
import { ChangesAnswer, ChangesQuery, EventsQuery, exampleToken } from './schema.ts'

const lines = streamed(
  '{"contact":{"id":"01a20497-405b-7167-a9e2-939dbd06ad08","revision":"m42","first_name":"Ada"}}\n' +
    '{"removed":"01a20497-4b1c-7d0e-8f3a-2c6b5a493827"}\n' +
    `{"next":"${exampleToken}","total":1234}\n`,
)
const events = streamed(`event: changed\ndata: {"next":"${exampleToken}"}\n\n`)

export const listChangesOperation = {
  operationId: 'list_changes',
  tags: ['changes'],
  security: opensToTokens,
  summary: 'Keep a copy of my book',
  description:
    'Begin without `since`: all contacts and labels, the oldest change first. Then send `next` of ' +
    'each answer as `since` of the next call, and get what has changed: each contact once, as it is ' +
    'now, and in `removed` the ids of those that were deleted. No change is missed and none comes ' +
    'twice, whatever is written meanwhile; an id in `removed` may be of a contact that came and went ' +
    'unseen. With `Accept: application/x-ndjson` all of it comes as one stream of lines, each one ' +
    'of `contact`, `removed`, `label` and `removed_label`; the last has `next` and `total`. A ' +
    'stream without that line broke off: begin again from your last token. On 410 ' +
    '`sync_token_expired`, begin without one, and drop what does not come again.',
  querystring: ChangesQuery,
  response: {
    200: {
      description: 'The changes: a page of them, or all as lines.',
      content: {
        // Written as a text.
        'application/json': { schema: Type.Unsafe<string>(ref(ChangesAnswer)) },
        'application/x-ndjson': { schema: lines },
      },
    },
    ...problems(...needsLogin, 'sync_token_expired', 'validation_failed'),
  },
} satisfies FastifySchema

export const followChangesOperation = {
  operationId: 'follow_changes',
  tags: ['changes'],
  security: opensToTokens,
  summary: 'Learn at once when something changes',
  description:
    'Server-sent events: `changed` if there was a change after `since`, and then within 300 ms of ' +
    'each, several at once as one. Read the changes from your own token then; `next` is where they ' +
    'end. The stream ends with the session or API token, and the oldest of more than 10 in one process.',
  querystring: EventsQuery,
  response: {
    200: {
      description: 'A stream of events.',
      content: { 'text/event-stream': { schema: events } },
    },
    ...problems(...needsLogin, 'sync_token_expired', 'validation_failed'),
  },
} satisfies FastifySchema
