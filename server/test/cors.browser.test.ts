import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { launchChromium, withoutChromium } from './browser.ts'
import { signUp } from './people.ts'
import { startProgram } from './programs.ts'
import { startServer } from './server.ts'
import { until } from './until.ts'

const skip = await reasonToSkip()

describe('the demonstration page on another origin', { skip }, () => {
  it('shows the contacts on port 3000, which the API allows', async () => {
    const { shown, logged } = await logInThroughPage('run_server.sh', 3000)

    assert.match(shown, /The browser let this page read the answers: 1 contacts/)
    assert.match(shown, /Zoë Łukasiewicz\s+zoe@example\.org/)
    assert.deepEqual(logged, [])
  })

  it('is refused by the browser on port 3001, which says why in the console', async () => {
    const { shown, logged } = await logInThroughPage('run_server_CORS_failure.sh', 3001, /CORS/)

    assert.match(shown, /The browser did not let this page read an answer/)
    assert.doesNotMatch(shown, /Zoë/)
    assert.match(
      logged.join('\n'),
      /from origin 'http:\/\/localhost:3001' has been blocked by CORS/,
    )
    assert.match(logged.join('\n'), /No 'Access-Control-Allow-Origin' header is present/)
  })
})

/** The scripts use fixed ports, on which a developer may have something else. */
async function reasonToSkip(): Promise<string | false> {
  const reason = withoutChromium()
  if (reason) return reason
  for (const port of [3000, 3001]) {
    const socket = connect(port, '127.0.0.1')
    const isTaken = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (isTaken) return `port ${port} is in use`
  }
  return false
}

/**
 * What the page shows in the end, and what the browser wrote to its console.
 * @param complaint what it is to write there, perhaps later than the page shows anything
 */
async function logInThroughPage(script: string, port: number, complaint?: RegExp) {
  await using stack = new AsyncDisposableStack()
  const server = stack.use(await startServer({}, { listen: true }))
  const ada = await signUp(server)
  await ada.post('/api/contacts', {
    first_name: 'Zoë',
    last_name: 'Łukasiewicz',
    email: 'zoe@example.org',
  })

  const file = fileURLToPath(new URL(`../../cors-demo/${script}`, import.meta.url))
  const demo = await startProgram(file, [], /Open http/)
  stack.defer(() => demo.end('SIGTERM'))
  const browser = stack.use(await launchChromium())
  const page = await browser.newPage()
  const logged: string[] = []
  page.on('console', (message) => logged.push(message.text()))

  await page.goto(`http://localhost:${port}`)
  await page.getByLabel('API').fill(server.url)
  await page.getByLabel('E-mail').fill(ada.email)
  await page.getByLabel('Password').fill(ada.password)
  await page.getByRole('button').click()
  const result = page.locator('#result:is(.allowed, .refused, .answered)')
  await result.waitFor()
  if (complaint) await until('the complaint', () => complaint.test(logged.join('\n')))
  return { shown: await result.innerText(), logged }
}
