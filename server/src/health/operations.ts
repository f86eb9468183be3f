import type { FastifySchema } from 'fastify'
import Type from 'typebox'
import { messageResponse, problems } from '../http/schemas.ts'
import { HealthReport, Status } from './schema.ts'

/** The message of `healthchecker`. */
export const welcome = 'Welcome to Kith!'

const unavailable = { 503: problems()[503] }

export const healthcheckerOperation = {
  operationId: 'healthchecker',
  tags: ['health'],
  summary: 'Does the database answer',
  security: [],
  response: { 200: messageResponse(welcome, 'Yes.'), ...unavailable },
} satisfies FastifySchema

export const livezOperation = {
  operationId: 'livez',
  tags: ['health'],
  summary: 'Is the process alive',
  security: [],
  response: { 200: { ...Status, description: 'Yes.' }, ...unavailable },
} satisfies FastifySchema

export const readyzOperation = {
  operationId: 'readyz',
  tags: ['health'],
  summary: 'May requests be sent here',
  description:
    'Not while the database is away, nor once the server was told to stop. With `verbose`, ' +
    'every part with its state, for those who may read `/metrics`.',
  security: [],
  querystring: Type.Object({
    verbose: Type.Optional(
      Type.String({ description: 'Present, whatever its value: every part.' }),
    ),
  }),
  response: { 200: { ...HealthReport, description: 'Yes.' }, ...unavailable },
} satisfies FastifySchema
