import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { tokenIn } from './mailbox.ts'
import { newAccount } from './people.ts'
import { startServer } from './server.ts'

const folder = fileURLToPath(new URL('../../generated-client/', import.meta.url))
const libraries = join(folder, 'node_modules')
const skip = existsSync(libraries)
  ? false
  : 'its libraries are not installed: npm ci --prefix generated-client'

const server = await startServer({}, { listen: true })
after(() => server[Symbol.asyncDispose]())

/** Runs a program of the client's own libraries in its folder. */
async function runTool(script: string, ...args: string[]): Promise<string> {
  const tool = join(libraries, script)
  const run = promisify(execFile)(process.execPath, [tool, ...args], { cwd: folder })
  // Compilers write what is wrong to their output.
  return run.then(
    () => '',
    ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
  )
}

describe('a client with types generated from the OpenAPI document', { skip }, () => {
  it('compiles, and does on a server what it was compiled for', async () => {
    const document = join(folder, 'openapi.json')
    await writeFile(document, (await server.inject('/openapi.json')).body)
    const generator = 'openapi-typescript/bin/cli.js'
    assert.equal(await runTool(generator, 'openapi.json', '--output', 'api.d.ts'), '')
    assert.equal(await runTool('typescript/bin/tsc', '--project', '.'), '')

    const { useKith } = await import(join(folder, 'client.ts'))
    const account = newAccount()
    const mail = () => server.mailbox.next({ to: account.email })
    await useKith(server.url, account, async () => tokenIn(await mail()))
  })
})
