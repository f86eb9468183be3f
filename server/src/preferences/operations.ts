import type { FastifySchema } from 'fastify'
import { needsLogin, problems, takesJson } from '../http/problem-responses.ts'
import { ref } from '../http/schemas.ts'
import { Preferences, PreferencesPatch } from './schema.ts'

export const readPreferencesOperation = {
  operationId: 'read_preferences',
  tags: ['users'],
  summary: 'Read my preferences',
  description:
    'All of them; null where nothing is set. `guessed` says what is taken instead, lest a guess be ' +
    'mistaken for your choice: set it if it is wrong.',
  response: {
    200: { ...ref(Preferences), description: 'Your preferences.' },
    ...problems(...needsLogin),
  },
} satisfies FastifySchema

export const patchPreferencesOperation = {
  operationId: 'patch_preferences',
  tags: ['users'],
  summary: 'Change my preferences',
  description: 'On every device. What you do not send stays as it is; null clears.',
  consumes: ['application/merge-patch+json', 'application/json'],
  body: ref(PreferencesPatch),
  response: {
    200: { ...ref(Preferences), description: 'Your preferences as they are now.' },
    ...problems(...needsLogin, ...takesJson),
  },
} satisfies FastifySchema
