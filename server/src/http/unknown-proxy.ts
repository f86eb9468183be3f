import type { FastifyInstance, FastifyRequest } from 'fastify'
import ipaddr from 'ipaddr.js'
import type { Services } from '../services.ts'

const nearRanges = new Set(['loopback', 'private', 'linkLocal', 'uniqueLocal', 'carrierGradeNat'])

/**
 * Warns once when requests come through a proxy although TRUST_PROXY names none: everybody then has the
 * proxy's address, and all guesses at passwords and all sign-ups share one limit. From addresses of the
 * Internet the header is only what somebody claims.
 */
export function watchForUnknownProxy(
  app: FastifyInstance,
  { config, log }: Pick<Services, 'config' | 'log'>,
) {
  if (config.trustProxy.length > 0) return
  let isTold = false
  app.addHook('onRequest', (request, _reply, next) => {
    if (!isTold && isForwarded(request)) {
      isTold = true
      log.warn(
        { proxy: request.ip },
        'a proxy forwards requests, and TRUST_PROXY is not set: limits count all its users as one',
      )
    }
    next()
  })
}

function isForwarded({ headers, ip }: FastifyRequest): boolean {
  if (headers['x-forwarded-for'] === undefined || !ipaddr.isValid(ip)) return false
  return nearRanges.has(ipaddr.process(ip).range())
}
