import assert from 'node:assert/strict'
import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { run } from '../test/run-program.ts'
import { until } from '../test/until.ts'

const settings = `
# What Kith has:
PORT=9000
RATE_LIMIT_CONTACTS='7/1m'
# What others read:
NODE_ENV=production
TZ=Europe/Kyiv
PGSSLMODE=require
no_proxy=localhost
# What nobody reads:
PROT=9000
RATE_LIMIT=off
export data_dir=/srv/kith
SMTP_HOST=mail.example.org
`

/** Runs a command in a folder with this `.env`. */
async function runBeside(content: string, args: string[]) {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'kith-env-'))
  await writeFile(join(folder.path, '.env'), content)
  await using program = run('cli', args, { DATA_DIR: folder.path }, folder.path)
  await program.ended
  return program.output()
}

describe('the names in .env', () => {
  it('that nobody reads are told, with what was meant perhaps', async () => {
    const output = await runBeside(settings, ['doctor'])
    const told = output.matchAll(/^ {2}warning {2}(\w+) +in \.env is no setting.*\n +→ (.*)$/gm)
    assert.deepEqual(
      Array.from(told, ([, name, advice]) => [name, advice]),
      [
        ['PROT', 'did you mean PORT?'],
        ['RATE_LIMIT', 'did you mean RATE_LIMITS?'],
        ['SMTP_HOST', '.env.example lists all settings'],
        ['data_dir', 'did you mean DATA_DIR?'],
      ],
    )
  })

  it('are told by the server too, before anything else', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'kith-env-'))
    await writeFile(join(folder.path, '.env'), 'PROT=9000\n')
    const env = { DATA_DIR: folder.path, LOG_LEVEL: 'warn' }
    await using program = run('main', [], env, folder.path)
    await until('the warning', () => /PROT: in .env is no setting/.test(program.output()), 60_000)
  })

  it('cannot be read where .env is a folder, which is said in a sentence', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'kith-env-'))
    await mkdir(join(folder.path, '.env'))
    await using program = run('cli', ['user:list'], { DATA_DIR: folder.path }, folder.path)
    assert.equal(await program.ended, 1)
    assert.match(program.output(), /^The settings in \.env cannot be read: /)
  })
})
