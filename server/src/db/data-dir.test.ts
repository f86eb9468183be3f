import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { startProgram } from '../../test/programs.ts'
import { OperatorError } from '../operator-error.ts'
import { DataDirInUse, lockDataDir } from './data-dir.ts'

/** A process that takes the folder and keeps it. */
function startHolder(dataDir: string) {
  const module = JSON.stringify(new URL('data-dir.ts', import.meta.url).href)
  const script = `
    import { lockDataDir } from ${module}
    globalThis.lock = lockDataDir(${JSON.stringify(dataDir)})
    console.log('locked')
    setInterval(() => {}, 60_000)`
  return startProgram(process.execPath, ['--input-type=module', '--eval', script], /locked/)
}

describe('the data folder', () => {
  it('is made when it is missing, for its owner alone', async () => {
    await using parent = await mkdtempDisposable(join(tmpdir(), 'kith-data-'))
    const dataDir = join(parent.path, 'deep', 'data')
    using _lock = lockDataDir(dataDir)
    assert.equal(statSync(dataDir).mode & 0o777, 0o700)
  })

  const skip = process.platform === 'linux' ? false : 'only Linux has /proc'
  it('cannot be where the system lets nobody make one', { skip }, () => {
    for (const dataDir of ['/proc/nope', '/proc/nope/deep/data']) {
      assert.throws(
        () => lockDataDir(dataDir),
        (error) => error instanceof OperatorError && error.message.includes(dataDir),
      )
    }
  })

  it('belongs to one process at a time, and the other one is told what to do', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'kith-data-'))
    const holder = await startHolder(folder.path)
    assert.throws(
      () => lockDataDir(folder.path),
      (error) =>
        error instanceof DataDirInUse &&
        error.message.includes(folder.path) &&
        error.message.includes('DATA_DIR'),
    )
    await holder.end('SIGTERM')
  })

  it('is free again when its process was killed', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'kith-data-'))
    const holder = await startHolder(folder.path)
    await holder.end('SIGKILL')
    lockDataDir(folder.path)[Symbol.dispose]()
  })

  it('is free again when it was given back', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'kith-data-'))
    const lock = lockDataDir(folder.path)
    assert.throws(() => lockDataDir(folder.path), DataDirInUse)
    lock[Symbol.dispose]()
    const holder = await startHolder(folder.path)
    await holder.end('SIGTERM')
  })

  it('is a lock for itself: other folders stay free', async () => {
    await using one = await mkdtempDisposable(join(tmpdir(), 'kith-data-'))
    await using other = await mkdtempDisposable(join(tmpdir(), 'kith-data-'))
    using _one = lockDataDir(one.path)
    using _other = lockDataDir(other.path)
  })
})
