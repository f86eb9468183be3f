// What needs no server, or the embedded database, whatever the others stand on.
import assert from 'node:assert/strict'
import { mkdir, mkdtempDisposable, readdir, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { lockDataDir } from '../src/db/data-dir.ts'
import { clusterFolder } from '../src/db/embedded/cluster.ts'
import { commands } from '../src/operator/commands.ts'
import { help } from '../src/operator/help.ts'
import { expectRefusal, run, runCommand } from './run-program.ts'

const done = (output: string) => ({ code: 0, output })

async function succeeds(args: string[]): Promise<string> {
  const { code, output } = await runCommand(args, {})
  assert.equal(code, 0, output)
  return output
}

describe('the help of the command line', () => {
  it('tells of every command, and of one that is named, wherever that is asked', async () => {
    for (const args of [[], ['help'], ['--help'], ['-h']]) {
      const { code, output } = await runCommand(args, {})
      assert.equal(code, 0)
      for (const { name } of commands) assert.match(output, new RegExp(`^  ${name}\\b`, 'm'))
    }
    for (const { name } of commands) {
      assert.match(help(name, 80), new RegExp(`^npm run kith -- ${name}\\b`))
    }
    for (const args of [
      ['user:list', '--help'],
      ['populate', '-h'],
      ['migrate', 'new', '--help'],
    ]) {
      const { code, output } = await runCommand(args, {})
      assert.equal(code, 0)
      assert.match(output, new RegExp(`^npm run kith -- ${args.slice(0, -1).join(' ')}`))
    }
  })

  it('names a command that there is not', async () => {
    for (const args of [['user:lits'], ['help', 'user:lits'], ['user:lits', '--help']]) {
      await expectRefusal(args, {}, /^There is no command user:lits\. Did you mean user:list\?/)
    }
  })
})

describe('the command line, on an embedded database', () => {
  it('makes it, and brings it up to date', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'kith-data-'))
    const settings = { DATA_DIR: folder.path }
    const { code, output } = await runCommand(['migrate'], settings)
    assert.match(output, /^Applied 0001-accounts, /)
    assert.equal(code, 0)
    assert.deepEqual(await runCommand(['migrate'], settings), done('Already up to date.'))
  })

  it('is not made by what was meant for another one', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'kith-data-'))
    const DATA_DIR = join(folder.path, 'data')
    for (const args of [
      ['populate', '--email', 'ada@example.org'],
      ['user:list'],
      ['backup', join(folder.path, 'kith.backup')],
    ]) {
      await expectRefusal(args, { DATA_DIR }, new RegExp(`^There is no database in ${DATA_DIR}\\.`))
    }
    assert.deepEqual(await readdir(folder.path), [])
  })

  it('is made for a first account, and named where no server has it', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'kith-data-'))
    const settings = { DATA_DIR: folder.path }
    const create = async (username: string) => {
      const email = `${username}@example.org`
      const { code, output } = await runCommand(
        ['user:create', '--email', email, '--username', username],
        settings,
      )
      assert.equal(code, 0, output)
      assert.match(output, new RegExp(`^${email} has an account\\.$`, 'm'))
      return output
    }
    assert.ok((await create('ada')).includes(`A new database is made in ${folder.path}: `))
    assert.ok((await create('bea')).includes(`the database in ${folder.path}, on which no server`))
  })

  it('says so when another process has it, and no database answers', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'kith-data-'))
    using _lock = lockDataDir(folder.path)
    await mkdir(clusterFolder(folder.path))
    const settings = { DATA_DIR: folder.path }
    for (const name of ['migrate', 'populate']) {
      await expectRefusal(
        name === 'migrate' ? [name] : [name, '--email', 'ada@example.org'],
        settings,
        /^Another Kith uses the data folder .* its database does not answer/,
      )
    }
  })
})

describe('the doctor, without a server', () => {
  it('names what is wrong, says what to do, and ends with 1', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'kith-data-'))
    const settings = {
      DATA_DIR: join(folder.path, 'data'),
      REDIS_URL: 'redis://127.0.0.1:9',
      SMTP_URL: 'smtp://ada:needle@127.0.0.1:9',
      CLOUDINARY_URL: 'cloudinary://key:needle@cloud?upload_prefix=http://127.0.0.1:9',
      RATE_LIMITS: 'off',
    }
    const { code, output } = await runCommand(['doctor'], settings)
    assert.equal(code, 1)
    for (const about of ['Redis', 'Mail', 'Pictures']) {
      assert.match(output, new RegExp(`^  problem +${about} .*\\n +→ `, 'm'))
    }
    assert.match(output, /^ {2}warning +Settings +RATE_LIMITS is off/m)
    assert.match(output, /3 problems, 1 warning\.$/)
    assert.doesNotMatch(output, /needle|^\s+at /m)
    await assert.rejects(stat(settings.DATA_DIR), 'it makes nothing')
  })

  it('lists wrong settings', async () => {
    const { code, output } = await runCommand(['doctor'], { PORT: 'x', PUBLIC_URL: 'y' })
    assert.equal(code, 1)
    assert.match(output, /problem +Settings +PORT must be/)
    assert.match(output, /problem +Settings +PUBLIC_URL must be/)
  })
})

describe('the list of commands', () => {
  it('lists every command, with or without the word', async () => {
    const output = await succeeds([])
    assert.equal(await succeeds(['help']), output)
    for (const name of ['user:create', 'user:invite', 'backup FILE', 'restore FILE', 'doctor']) {
      assert.match(output, new RegExp(`^  ${name} {2,}\\w`, 'm'))
    }
    assert.ok(output.split('\n').every((line) => line.length <= 100))
    assert.match(
      await succeeds(['help', 'user:create']),
      /^npm run kith -- user:create --email ADDRESS/,
    )
    await using program = run('cli', ['user:crate'], {})
    assert.equal(await program.ended, 1)
    assert.match(program.output(), /Did you mean user:create\?/)
  })
})
