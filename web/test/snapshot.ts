import assert from 'node:assert/strict'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import sharp, { type Sharp } from 'sharp'

const folder = new URL('snapshots/', import.meta.url)
/** What was seen where a test failed; not kept in the repository. */
const seenFolder = new URL('snapshots/seen/', import.meta.url)

/** A quarter of each side: a moved row is seen, how the edge of a letter is smoothed is not. */
const scale = 1 / 4
/** Of 255, in red, green or blue. */
const sameColour = 40
const toleratedShare = 0.002
/** How long a screen may take until it is as in the picture. */
const patienceMs = 20_000

const isUpdate = process.env['KITH_UPDATE_SNAPSHOTS'] === '1'
const require = createRequire(import.meta.url)

/** Sets all text in one typeface, whatever fonts the machine has. */
export async function fixTypeface(context: BrowserContext): Promise<void> {
  const [normal, bold] = await Promise.all([typeface('400'), typeface('700')])
  await context.addInitScript(
    ([normal, bold]) => {
      const load = (base64: string, weight: string) => {
        const bytes = Uint8Array.fromBase64(base64)
        document.fonts.add(new FontFace('Snapshot', bytes, { weight }))
      }
      load(normal, '400')
      load(bold, '600 700')
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(':root { --font: Snapshot; --font-code: Snapshot }')
      document.adoptedStyleSheets.push(sheet)
    },
    [normal, bold] as const,
  )
}

async function typeface(weight: string): Promise<string> {
  const file = `@fontsource/dejavu-sans/files/dejavu-sans-latin-${weight}-normal.woff2`
  return (await readFile(require.resolve(file))).toString('base64')
}

/**
 * Waits until what is on the screen is as the picture of that name; `npm run snapshots -w web` takes them anew.
 * @param mask what differs from run to run, such as times
 * @throws AssertionError with the share of pixels that differ
 */
export async function requireLikeSnapshot(
  page: Page,
  name: string,
  mask: Locator[],
): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  const file = `${name}.webp`
  if (isUpdate) return write(folder, file, await pictureOf(page, mask))
  const expected = await sharp(await readFile(new URL(file, folder)))
    .raw()
    .toBuffer()
  const deadline = performance.now() + patienceMs
  let seen: Sharp
  let share: number
  do {
    seen = await pictureOf(page, mask)
    share = differing(await seen.clone().raw().toBuffer(), expected)
    if (share <= toleratedShare) return
  } while (performance.now() < deadline)
  await write(seenFolder, file, seen)
  assert.fail(
    `${(share * 100).toFixed(1)} % of ${name} differ: compare web/test/snapshots/${file} and seen/${file}`,
  )
}

async function pictureOf(page: Page, mask: Locator[]): Promise<Sharp> {
  const screenshot = sharp(
    await page.screenshot({ animations: 'disabled', mask, maskColor: '#888' }),
  )
  const { width } = await screenshot.metadata()
  return screenshot.removeAlpha().resize(Math.round(width * scale))
}

async function write(folder: URL, file: string, picture: Sharp): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(
    new URL(file, folder),
    await picture.webp({ lossless: true, effort: 6 }).toBuffer(),
  )
}

/** The share of pixels that are not of the same colour; all where the sizes differ. */
function differing(seen: Buffer, expected: Buffer): number {
  if (seen.length !== expected.length) return 1
  let count = 0
  for (let at = 0; at < seen.length; at += 3) {
    const isOther = [0, 1, 2].some(
      (channel) => Math.abs((seen[at + channel] ?? 0) - (expected[at + channel] ?? 0)) > sameColour,
    )
    if (isOther) count += 1
  }
  return count / (seen.length / 3)
}
