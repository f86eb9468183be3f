import type { FastifySchema } from 'fastify'
import Type from 'typebox'
import { opensToTokens } from '../http/api-token-access.ts'
import { needsLogin, problems, takesJson, writesByToken } from '../http/problem-responses.ts'
import { noContent, ref } from '../http/schemas.ts'
import {
  Label,
  LabelDeletion,
  LabelMembers,
  LabelMembersChanged,
  LabelPatch,
  LabelPath,
  NewLabel,
} from './schema.ts'

export const listLabelsOperation = {
  operationId: 'list_labels',
  tags: ['labels'],
  security: opensToTokens,
  summary: 'List my labels',
  description: 'Each with the number of contacts that have it.',
  response: {
    200: { ...Type.Array(ref(Label)), description: 'All of them, by name.' },
    ...problems(...needsLogin),
  },
} satisfies FastifySchema

export const createLabelOperation = {
  operationId: 'create_label',
  tags: ['labels'],
  security: opensToTokens,
  summary: 'Add a label',
  description: 'There may be 500.',
  body: ref(NewLabel),
  response: {
    201: { ...ref(Label), description: 'The new label, which no contact has yet.' },
    ...problems(...writesByToken, ...takesJson, 'label_exists', 'too_many_labels'),
  },
} satisfies FastifySchema

export const patchLabelOperation = {
  operationId: 'patch_label',
  tags: ['labels'],
  security: opensToTokens,
  summary: 'Rename a label, or change its colour',
  description:
    'The label is renamed at once; where more than some thousand contacts have it, their ' +
    'vCards and what search finds of them follow within a minute.',
  consumes: ['application/merge-patch+json', 'application/json'],
  params: LabelPath,
  body: ref(LabelPatch),
  response: {
    200: { ...ref(Label), description: 'The label as it is now.' },
    ...problems(...writesByToken, ...takesJson, 'not_found', 'label_exists'),
  },
} satisfies FastifySchema

export const deleteLabelOperation = {
  operationId: 'delete_label',
  tags: ['labels'],
  security: opensToTokens,
  summary: 'Delete a label, with or without its contacts',
  description:
    'The label is gone at once; where more than some thousand contacts have it, they ' +
    'follow within a minute.',
  params: LabelPath,
  querystring: LabelDeletion,
  response: {
    ...noContent('Deleted.'),
    ...problems(...writesByToken, 'not_found', 'validation_failed'),
  },
} satisfies FastifySchema

export const changeLabelContactsOperation = {
  operationId: 'change_label_contacts',
  tags: ['labels'],
  security: opensToTokens,
  summary: 'Give many contacts a label, or take it from them',
  description:
    'Nothing is changed if one of the ids is not a contact of yours. A contact that has ' +
    'the label already, or has it no more, is no error.',
  params: LabelPath,
  body: ref(LabelMembers),
  response: {
    200: { ...ref(LabelMembersChanged), description: 'What was changed.' },
    ...problems(...writesByToken, ...takesJson, 'not_found'),
  },
} satisfies FastifySchema
