import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'

/** Waits until something is in sight. */
export function see(what: Locator): Promise<void> {
  return what.first().waitFor()
}

/** Waits until nothing of it is in sight. */
export async function seeNoMore(what: Locator): Promise<void> {
  await what.first().waitFor({ state: 'hidden' })
}

/**
 * Waits until the service worker has taken over the page, with all files in its cache: on a device that
 * `keepsShell`.
 */
export async function shellIsKept(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated')
}

export function button(where: Page | Locator, name: string | RegExp): Locator {
  return where.getByRole('button', { name, exact: true })
}

/** The notice of that title in the region of notices. */
export function notice(page: Page, name: string | RegExp): Locator {
  return page.getByRole('region', { name: 'Notices' }).getByRole('alertdialog', { name })
}

/** Presses *Undo* in the notice of that title. */
export async function undoBy(page: Page, name: string | RegExp): Promise<void> {
  await button(notice(page, name), 'Undo').click()
}

/** No part of the page lies beside it: nobody has to scroll sideways. */
export async function requireNoSideways(page: Page): Promise<void> {
  const [content, width] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return [scrollWidth, clientWidth] as const
  })
  assert.ok(content <= width, `the page is ${content} px wide, and the window ${width}`)
}
