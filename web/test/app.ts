import { getTestContext } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { findWebApp, type WebApp } from '../../server/src/pages/web-app.ts'
import { launchChromium, withoutChromium } from '../../server/test/browser.ts'
import { logIn as logInByApi, nextAddress, signUp, type Person } from '../../server/test/people.ts'
import { startServer, type TestServer } from '../../server/test/server.ts'
import type { Settings } from '../../server/test/settings.ts'
import { watch, type Watch } from './watch.ts'

/** The widths that every screen is tried at: a phone, a tablet, and a desk. */
export const widths = [390, 820, 1440] as const
export type Width = (typeof widths)[number]
export type Theme = 'light' | 'dark'

export type App = AsyncDisposable & {
  server: TestServer
  browser: Browser
  /** Somebody new with an account and an empty book. */
  newPerson(): Promise<Person>
  /** A device that nobody has logged in on. */
  openDevice(options?: DeviceOptions): Promise<Device>
  /** A device on which somebody is logged in, with the app open at a path. */
  open(person: Person, path?: string, options?: DeviceOptions): Promise<Device>
}

export type DeviceOptions = {
  width?: Width
  theme?: Theme
  language?: string
  /**
   * Whether a service worker keeps the files of the app, as on every device of real people. Not where that is
   * beside the point: fetching and keeping them takes longer than most tests.
   */
  keepsShell?: boolean
  /** What the browser may complain of in this test. */
  expected?: RegExp[]
}

/** A browser with storage of its own. The test that opens it fails if it complains. */
export type Device = AsyncDisposable & { context: BrowserContext; page: Page; watch: Watch }

const heights: Record<Width, number> = { 390: 844, 820: 1180, 1440: 900 }

/** Why the tests in a browser are skipped on this machine; false when they are not. */
export function withoutBrowser(): string | false {
  return withoutChromium()
}

/** One server and one Chromium for a test file. */
export async function startApp(
  settings: Settings = {},
  webApp: WebApp = requireBuild(),
): Promise<App> {
  await using stack = new AsyncDisposableStack()
  const server = stack.use(await startServer(settings, { listen: true, webApp }))
  const browser = await launchChromium()
  stack.defer(() => browser.close())
  const resources = stack.move()
  const openDevice = (options: DeviceOptions = {}) => newDevice(server, browser, options)
  return {
    server,
    browser,
    newPerson: () => signUp(server),
    openDevice,
    async open(person, path = '/', options) {
      await using stack = new AsyncDisposableStack()
      const device = stack.use(await openDevice(options))
      await logIn(device, server.url, person)
      await device.page.goto(path)
      const resources = stack.move()
      return { ...device, [Symbol.asyncDispose]: () => resources.disposeAsync() }
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

/** Logs in without the page of it, which has tests of its own: sets the same cookies. */
export async function logIn(
  { context }: Pick<Device, 'context'>,
  url: string,
  { email, password }: Pick<Person, 'email' | 'password'>,
): Promise<void> {
  const answer = await context.request.post(`${url}/api/auth/browser/login`, {
    data: { email, password },
    headers: { 'x-kith': '1', origin: url, 'sec-fetch-site': 'same-origin' },
  })
  if (!answer.ok()) throw new Error(`the login failed: ${answer.status()} ${await answer.text()}`)
}

/** The same person by the API, on one more device. */
export function byApi({ server }: App, person: Person): Promise<Person> {
  return logInByApi(server, person, nextAddress())
}

async function newDevice(
  server: TestServer,
  browser: Browser,
  {
    width = 1440,
    theme = 'light',
    language = 'en-GB',
    keepsShell = false,
    expected = [],
  }: DeviceOptions,
): Promise<Device> {
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: { width, height: heights[width] },
    hasTouch: width === 390,
    colorScheme: theme,
    // A test does not wait for an animation, and axe measures no colour in the middle of one.
    reducedMotion: 'reduce',
    locale: language,
    // As everybody's Chromium lets a page that has the focus; the one without a window asks.
    permissions: ['clipboard-write'],
  })
  if (!keepsShell) await context.addInitScript(forbidServiceWorkers)
  const watched = watch(context, server.url, expected)
  failIfItComplains(watched)
  const page = await context.newPage()
  return {
    context,
    page,
    watch: watched,
    async [Symbol.asyncDispose]() {
      // A request on its way through a test's own route ends with the device.
      await context.unrouteAll({ behavior: 'ignoreErrors' })
      await context.close()
    },
  }
}

/** As some browsers do in private windows. */
function forbidServiceWorkers() {
  // There is none in an insecure context.
  if (!('serviceWorker' in navigator)) return
  const refuse = () => Promise.reject(new DOMException('', 'SecurityError'))
  Object.defineProperty(navigator.serviceWorker, 'register', { value: refuse })
}

export function requireBuild(): WebApp {
  const webApp = findWebApp()
  if (webApp) return webApp
  throw new Error('web/dist is missing: build the web app first, as `npm test` does')
}

/** At the end of the test, so that what failed before is what is reported. */
function failIfItComplains(watched: Watch) {
  const test = getTestContext()
  if (!test || !('after' in test)) throw new Error('a device is opened by the test that uses it')
  test.after(() => {
    for (const complaint of watched.complaints) test.diagnostic(complaint)
    watched.requireNone()
  })
}
