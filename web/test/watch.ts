import assert from 'node:assert/strict'
import type { BrowserContext } from 'playwright-core'

/** What a browser complained of, and whom it asked, from its first page on. */
export type Watch = {
  /** Errors and warnings of the console, those of a broken policy among them, and of scripts. */
  complaints: string[]
  requested: URL[]
  /** @throws AssertionError when there was a complaint, or a request to another origin */
  requireNone(): void
}

/**
 * How Chromium reports an answer that is an error, or none, also to what it fetches for a service worker: no
 * fault of a page by itself.
 */
const failedRequest =
  /^(?:Failed to load resource: |An unknown error occurred when fetching the script)/

/**
 * @param origin the only one that may be asked
 * @param expected complaints that belong to the test
 */
export function watch(context: BrowserContext, origin: string, expected: RegExp[]): Watch {
  const complaints: string[] = []
  const requested: URL[] = []
  context.on('console', (message) => {
    const text = message.text()
    if (!['error', 'warning'].includes(message.type()) || failedRequest.test(text)) return
    complaints.push(`${text} (${message.location().url})`)
  })
  context.on('weberror', (webError) => complaints.push(textOf(webError.error())))
  context.on('request', (request) => requested.push(new URL(request.url())))
  return {
    complaints,
    requested,
    requireNone() {
      const unexpected = complaints.filter((text) => !expected.some((one) => one.test(text)))
      assert.deepEqual(unexpected, [], 'the browser complained')
      const others = requested.filter((url) => !isOwn(url, origin)).map(String)
      assert.deepEqual(others, [], 'another origin was asked')
    },
  }
}

/** Not each error has a stack, such as one that came from a worker. */
function textOf({ name, message, stack }: Error): string {
  return stack || `${name}: ${message}`
}

function isOwn(url: URL, origin: string): boolean {
  return ['blob:', 'data:', 'about:'].includes(url.protocol) || url.origin === origin
}
