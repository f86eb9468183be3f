import type { FastifySchema } from 'fastify'
import Type from 'typebox'
import { needsLogin, problems, takesJson } from '../../http/problem-responses.ts'
import { noContent, ref } from '../../http/schemas.ts'
import { profileType } from './apple-profile.ts'
import {
  ApiToken,
  ApiTokenPath,
  AppPassword,
  AppPasswordPath,
  CreatedApiToken,
  CreatedAppPassword,
  NewApiToken,
  NewAppPassword,
} from './schema.ts'

export const createApiTokenOperation = {
  operationId: 'create_api_token',
  tags: ['users'],
  summary: 'Make a token for a script or an integration',
  description:
    'The token opens the calls that name `api_token` under their security, with `read_only` only ' +
    'those that change nothing. A mail notifies you. There may be 50.',
  body: ref(NewApiToken),
  response: {
    201: { ...ref(CreatedApiToken), description: 'The new token, which is never shown again.' },
    ...problems(...needsLogin, ...takesJson, 'too_many_access_keys'),
  },
} satisfies FastifySchema

export const listApiTokensOperation = {
  operationId: 'list_api_tokens',
  tags: ['users'],
  summary: 'List my tokens',
  description: 'With when and from where each was last used.',
  response: {
    200: { ...Type.Array(ref(ApiToken)), description: 'Newest first.' },
    ...problems(...needsLogin),
  },
} satisfies FastifySchema

export const deleteApiTokenOperation = {
  operationId: 'delete_api_token',
  tags: ['users'],
  summary: 'Delete a token',
  description: 'It is refused from the next request on.',
  params: ApiTokenPath,
  response: {
    ...noContent('Deleted; it is dead at once.'),
    ...problems(...needsLogin, 'not_found', 'validation_failed'),
  },
} satisfies FastifySchema

export const createAppPasswordOperation = {
  operationId: 'create_app_password',
  tags: ['users'],
  summary: 'Make a password for one program',
  description:
    'For programs that know only a user name and a password. It opens no call of this API. A mail ' +
    'notifies you. There may be 50.',
  body: ref(NewAppPassword),
  response: {
    201: {
      ...ref(CreatedAppPassword),
      description: 'The new password, which is never shown again.',
    },
    ...problems(...needsLogin, ...takesJson, 'too_many_access_keys'),
  },
} satisfies FastifySchema

export const listAppPasswordsOperation = {
  operationId: 'list_app_passwords',
  tags: ['users'],
  summary: 'List my app passwords',
  description: 'With when, from where and by which program each was last used.',
  response: {
    200: { ...Type.Array(ref(AppPassword)), description: 'Newest first.' },
    ...problems(...needsLogin),
  },
} satisfies FastifySchema

const profile = Type.String({
  examples: ['<?xml version="1.0" encoding="UTF-8"?><plist version="1.0">…</plist>'],
})

export const readAppPasswordProfileOperation = {
  operationId: 'read_app_password_profile',
  tags: ['users'],
  summary: 'Get a profile that sets up an iPhone, iPad or Mac',
  description:
    'A configuration profile for CardDAV, not signed. It holds the password the first time within ten ' +
    'minutes of its creation, from the process that made it; after that the device asks for it.',
  params: AppPasswordPath,
  response: {
    200: {
      description: 'The profile, as a file that the device opens.',
      content: { [profileType]: { schema: profile } },
    },
    ...problems(...needsLogin, 'not_found', 'validation_failed'),
  },
} satisfies FastifySchema

export const deleteAppPasswordOperation = {
  operationId: 'delete_app_password',
  tags: ['users'],
  summary: 'Delete an app password',
  description: 'It is refused from the next request on.',
  params: AppPasswordPath,
  response: {
    ...noContent('Deleted; it is dead at once.'),
    ...problems(...needsLogin, 'not_found', 'validation_failed'),
  },
} satisfies FastifySchema
