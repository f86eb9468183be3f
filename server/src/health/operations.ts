import type { FastifySchema } from 'fastify'
import { messageResponse, problems } from '../http/schemas.ts'
import { Status } from './schema.ts'

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
  security: [],
  response: { 200: { ...Status, description: 'Yes.' }, ...unavailable },
} satisfies FastifySchema
