import assert from 'node:assert/strict'
import axe, { type AxeResults, type RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const everything: RunOptions = {
  runOnly: {
    type: 'tag',
    values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  },
}
/** What can differ between the themes. */
const colours: RunOptions = {
  runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
}

/**
 * Looks at what is on the screen now with axe, in both themes.
 * @param part a selector: only below that
 * @throws AssertionError with each violation and where it is
 */
export async function requireAccessible(page: Page, part = 'html'): Promise<void> {
  await inject(page)
  const found = await violations(page, part, everything)
  const theme = await page.evaluate(() =>
    matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
  )
  await page.emulateMedia({ colorScheme: theme === 'dark' ? 'light' : 'dark' })
  found.push(...(await violations(page, part, colours)))
  await page.emulateMedia({ colorScheme: theme })
  assert.deepEqual(found, [])
}

/** What React Aria has read out stands in the page for a while, also of notices that are gone. */
async function violations(page: Page, part: string, options: RunOptions): Promise<string[]> {
  const run = ([part, options]: [string, RunOptions]) =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(
      { include: [part], exclude: ['[data-live-announcer]'] },
      {
        ...options,
        resultTypes: ['violations'],
      },
    )
  const results: AxeResults = await page.evaluate(run, [part, options] as [string, RunOptions])
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id}: ${help} at ${String(target)}\n${failureSummary}`,
    ),
  )
}

/** By the protocol of the debugger, since the policy of the page allows no script but its own. */
async function inject(page: Page) {
  const session = await page.context().newCDPSession(page)
  await session.send('Runtime.evaluate', { expression: axe.source })
  await session.detach()
}
