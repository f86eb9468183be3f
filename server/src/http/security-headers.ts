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
 * For the web app. The one style that a script writes is allowed by its hash: react-aria-components keeps
 * iOS from scrolling the page behind a dialog with it (`web-app.server.test.ts` compares the texts).
 */
export const forWebApp = {
  ...forPages,
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'sha256-gYiS/BvZvRcK27JIXTuwhZ3hs2+VJ1X+2gUlE+farlg='",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "font-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types kith',
  ].join(';'),
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
