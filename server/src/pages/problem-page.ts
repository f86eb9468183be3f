import type { FastifyReply, FastifyRequest } from 'fastify'
import { html } from '../html.ts'
import { problemFor } from '../http/problem.ts'
import { page, sendPage } from './layout.ts'

/** What somebody sees instead of the page they asked for. */
export function sendProblemPage(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const { status, detail } = problemFor(error, request, reply)
  const retryAfter = Number(reply.getHeader('retry-after') ?? 0)
  const sentence = status === 429 ? `Too many attempts. Try again in ${wait(retryAfter)}.` : detail
  const body = html`<p role="alert">${sentence}</p>
    <p><a href="/">To the first page</a></p>`
  const content = page({ title: 'That did not work', icon: 'over', body })
  return sendPage(reply, content, status)
}

function wait(seconds: number): string {
  const isLong = seconds > 120
  const count = isLong ? Math.ceil(seconds / 60) : seconds
  return `${count} ${isLong ? 'minute' : 'second'}${count === 1 ? '' : 's'}`
}
