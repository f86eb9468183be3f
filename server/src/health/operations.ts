import type { FastifySchema } from 'fastify'
import Type from 'typebox'
import { problemsOf, unlimitedProblems } from '../http/problem-responses.ts'
import { messageResponse } from '../http/schemas.ts'
import { HealthReport, Status } from './schema.ts'

/** The message of `healthchecker`. */
export const welcome = 'Welcome to Kith!'

export const healthcheckerOperation = {
  operationId: 'healthchecker',
  tags: ['health'],
  summary: 'Does the database answer',
  description: 'For monitoring from outside.',
  security: [],
  response: { 200: messageResponse(welcome, 'Yes.'), ...unlimitedProblems() },
} satisfies FastifySchema

export const livezOperation = {
  operationId: 'livez',
  tags: ['health'],
  summary: 'Is the process alive',
  description: 'It asks nothing else: a supervisor restarts a process that does not answer.',
  security: [],
  response: { 200: { ...Status, description: 'Yes.' } },
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
  response: { 200: { ...HealthReport, description: 'Yes.' }, ...unlimitedProblems('stopping') },
} satisfies FastifySchema

export const metricsOperation = {
  operationId: 'metrics',
  tags: ['health'],
  security: [],
  summary: 'Read metrics',
  description:
    'In the text format of Prometheus, for those whom `METRICS_ALLOW` names; for others it is not there.',
  response: {
    200: {
      description: 'The metrics.',
      content: {
        'text/plain': {
          schema: { type: 'string', examples: ['process_cpu_seconds_total 0.42\n'] },
        },
      },
    },
    ...problemsOf('not_found'),
  },
} satisfies FastifySchema
