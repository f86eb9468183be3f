import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { it } from 'node:test'
import sharp from 'sharp'
import { startServer } from '../../test/server.ts'
import { AppError } from '../errors.ts'
import { removeAvatar, setAvatar } from './avatars.ts'

it('keeps no picture for a user who is gone by then', async () => {
  await using server = await startServer()
  const nobody = randomUUID()
  const isNotFound = (error: unknown) => error instanceof AppError && error.kind === 'not_found'
  const create = { width: 30, height: 20, channels: 3, background: 'teal' } as const
  const picture = await sharp({ create }).png().toBuffer()

  await assert.rejects(setAvatar(server.services, nobody, picture), isNotFound)
  await assert.rejects(removeAvatar(server.services, nobody), isNotFound)
  await server.jobsDone()
  assert.deepEqual(await readdir(join(server.services.config.dataDir, 'avatars')), [])
})
