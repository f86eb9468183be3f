import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../../config.ts'
import { AppError } from '../../errors.ts'

/**
 * A hook that lets only our own pages pass, whatever CORS allows: another port of the same host is the
 * same site, to which a browser sends `SameSite` cookies. A form cannot send `X-Kith`, and a script of
 * another origin may not.
 */
export function onlyOwnPages({ publicUrl }: Pick<Config, 'publicUrl'>) {
  return (
    { headers }: FastifyRequest,
    _reply: FastifyReply,
    done: (error?: Error) => void,
  ): void => {
    const site = headers['sec-fetch-site']
    const isOwn = site === undefined ? headers.origin === publicUrl.origin : site === 'same-origin'
    if (isOwn && headers['x-kith'] === '1') return done()
    done(new AppError('forbidden', 'other_site', 'Only the pages of this server may ask for this.'))
  }
}
