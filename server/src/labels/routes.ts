import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { apiAuthor } from '../contacts/api-author.ts'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { noContent, problems, ref } from '../http/schemas.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { changeLabel, createLabel, removeLabel } from './labels.ts'
import { changeMembers } from './membership.ts'
import { listLabels } from './queries.ts'
import {
  Label,
  LabelDeletion,
  LabelMembers,
  LabelMembersChanged,
  LabelPatch,
  LabelPath,
  NewLabel,
} from './schema.ts'

/** `/api/labels`: the caller's own labels. */
export function labelRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { database, config } = services
  const signedIn = requireUser(services)
  const limit = rateLimit(services, { name: 'labels', by: 'user', ...config.limits.contacts })
  // One of these may change tens of thousands of contacts.
  const many = { name: 'labels-many', by: 'user', max: 60, windowSeconds: 60 } as const
  const limitMany = rateLimit(services, many)

  return (app, _options, done) => {
    app.get(
      '/api/labels',
      {
        onRequest: [signedIn, limit],
        schema: {
          operationId: 'list_labels',
          tags: ['labels'],
          summary: 'List my labels',
          response: {
            200: { ...Type.Array(ref(Label)), description: 'All of them, by name.' },
            ...problems(401),
          },
        },
      },
      (request) => listLabels(database.read, request.user.id),
    )

    app.post(
      '/api/labels',
      {
        onRequest: [signedIn, limit],
        schema: {
          operationId: 'create_label',
          tags: ['labels'],
          summary: 'Add a label',
          description: 'There may be 500.',
          body: ref(NewLabel),
          response: {
            201: { ...ref(Label), description: 'The new label, which no contact has yet.' },
            ...problems(400, 401, 409, 413, 415, 422),
          },
        },
      },
      async (request, reply) => {
        const label = await createLabel(database, apiAuthor(request), request.body)
        return reply.status(201).send(label)
      },
    )

    app.patch(
      '/api/labels/:id',
      {
        onRequest: [signedIn, limitMany],
        schema: {
          operationId: 'patch_label',
          tags: ['labels'],
          summary: 'Rename a label, or change its colour',
          description:
            'The label is renamed at once; where more than some thousand contacts have it, their ' +
            'vCards and what search finds of them follow within a minute.',
          consumes: ['application/merge-patch+json', 'application/json'],
          params: LabelPath,
          body: ref(LabelPatch),
          response: {
            200: { ...ref(Label), description: 'The label as it is now.' },
            ...problems(400, 401, 404, 409, 413, 415, 422),
          },
        },
      },
      (request) => changeLabel(services, apiAuthor(request), request.params.id, request.body),
    )

    app.delete(
      '/api/labels/:id',
      {
        onRequest: [signedIn, limitMany],
        schema: {
          operationId: 'delete_label',
          tags: ['labels'],
          summary: 'Delete a label, with or without its contacts',
          description:
            'The label is gone at once; where more than some thousand contacts have it, they ' +
            'follow within a minute.',
          params: LabelPath,
          querystring: LabelDeletion,
          response: { ...noContent('Deleted.'), ...problems(401, 404, 422) },
        },
      },
      async (request, reply) => {
        const trashesContacts = request.query.contacts === 'trash'
        await removeLabel(services, apiAuthor(request), request.params.id, trashesContacts)
        return reply.status(204).send(null)
      },
    )

    app.post(
      '/api/labels/:id/contacts',
      {
        onRequest: [signedIn, limitMany],
        schema: {
          operationId: 'change_label_contacts',
          tags: ['labels'],
          summary: 'Give many contacts a label, or take it from them',
          description:
            'Nothing is changed if one of the ids is not a contact of yours. A contact that has ' +
            'the label already, or has it no more, is no error.',
          params: LabelPath,
          body: ref(LabelMembers),
          response: {
            200: { ...ref(LabelMembersChanged), description: 'What was changed.' },
            ...problems(400, 401, 404, 413, 415, 422),
          },
        },
      },
      (request) => changeMembers(database, apiAuthor(request), request.params.id, request.body),
    )
    done()
  }
}
