import type { Config } from '../config.ts'

const everywhere = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
}

/** For data: it is never a document, and were it opened as one, nothing in it would run. */
export const forData = {
  ...everywhere,
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
}

/** For what a browser shows. */
export const forPages = {
  ...everywhere,
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join(';'),
  'cross-origin-opener-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
}

/**
 * Nothing of ours is framed, loads anything from elsewhere, or tells others where people were
 * (https://owasp.org/www-project-secure-headers/). The same constants for every answer: computed
 * for each of them, they cost as much as the rest of a cached one.
 * @returns gives the headers of the answer to a request for this URL
 */
export function securityHeaders({ publicUrl }: Pick<Config, 'publicUrl'>) {
  const strict =
    publicUrl.protocol === 'https:' &&
    ({ 'strict-transport-security': 'max-age=31536000; includeSubDomains' } as const)
  const data = { ...forData, ...strict }
  const pages = { ...forPages, ...strict }
  return (url: string) => (/^\/(?:api|dav)\//.test(url) ? data : pages)
}
