import type { FastifySchema } from 'fastify'
import Type from 'typebox'
import { IdempotencyKey, PartQuery } from '../contacts/request-schema.ts'
import { opensToTokens } from '../http/api-token-access.ts'
import { needsLogin, problems, takesJson, writesByToken } from '../http/problem-responses.ts'
import { idPath, nextPageHeader, ref, totalCountHeader } from '../http/schemas.ts'
import { Merge, MergeAnswer, MergeQuery, MergeRequest, MergeUndone, UndoQuery } from './schema.ts'

export const mergeContactsOperation = {
  operationId: 'merge_contacts',
  tags: ['duplicates'],
  security: opensToTokens,
  summary: 'Merge contacts into one',
  description:
    'The contact `into` keeps its id, its UID and its card, and gets all that the others say: lists ' +
    'are joined without doubles, e-mails and phones by what they mean and in the nicer spelling, ' +
    'notes and labels joined, the photo its own or the first there is. Single values that differ ' +
    'become nicknames, dates with the label “Other birthday”, and custom fields such as “Other ' +
    'name”; lines of cards that no field holds are taken over. The others go to the trash as ' +
    '`merged_into`. Where a field has no room for all, nothing is merged. With `dry_run=true` the ' +
    'answer is the same contact, and nothing is written.',
  headers: IdempotencyKey,
  querystring: MergeQuery,
  body: ref(MergeRequest),
  response: {
    200: { ...ref(MergeAnswer), description: 'The merged contact, and what undoes the merge.' },
    ...problems(
      ...writesByToken,
      ...takesJson,
      'not_found',
      'stale',
      'card_too_large',
      'idempotency_key_reused',
    ),
  },
} satisfies FastifySchema

export const listMergesOperation = {
  operationId: 'list_merges',
  tags: ['duplicates'],
  security: opensToTokens,
  summary: 'List the merges of the last 30 days',
  description: 'Each can be undone for 30 days, also when the trash was emptied meanwhile.',
  querystring: PartQuery,
  response: {
    200: {
      ...Type.Array(ref(Merge)),
      description: 'The latest first.',
      headers: { ...totalCountHeader, ...nextPageHeader },
    },
    ...problems(...needsLogin, 'validation_failed'),
  },
} satisfies FastifySchema

export const undoMergeOperation = {
  operationId: 'undo_merge',
  tags: ['duplicates'],
  security: opensToTokens,
  summary: 'Undo a merge',
  description:
    'All contacts are as they were before, their cards to the octet, also those that are gone from ' +
    'the trash. One that was restored from the trash by itself stays as it is now, unless it was ' +
    'deleted again. Labels that were deleted since come back, those that were renamed keep their ' +
    'new names; where another contact has taken a UID, a new one takes its place. 409 ' +
    '`changed_since` if the merged contact was changed after the merge, also by another merge.',
  params: idPath('the merge'),
  querystring: UndoQuery,
  response: {
    200: { ...ref(MergeUndone), description: 'All are as they were.' },
    ...problems(
      ...writesByToken,
      ...takesJson,
      'not_found',
      'changed_since',
      'already_undone',
      'too_many_labels',
    ),
  },
} satisfies FastifySchema
