import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chmod, mkdtempDisposable, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { bareEnvironment } from './programs.ts'

it('a test file of the server that is run alone passes, and leaves nothing behind', async () => {
  await using home = await mkdtempDisposable(join(tmpdir(), 'kith-alone-'))
  // PostgreSQL may run as another user, who has to get through.
  await chmod(home.path, 0o711)
  const file = fileURLToPath(new URL('../src/http/answers.server.test.ts', import.meta.url))
  const env = { ...bareEnvironment(), TMPDIR: home.path }
  // Fails with its output if the file does.
  await promisify(execFile)(process.execPath, [file], { env })
  assert.deepEqual(await readdir(home.path), [])
})
