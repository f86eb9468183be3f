import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readConfig } from './config.ts'
import { doubtsAbout } from './doubtful-settings.ts'

const doubtful = (env: Record<string, string>) =>
  doubtsAbout(readConfig(env), []).map(({ about }) => about)

describe('the settings that a start warns of', () => {
  it('are a port in PUBLIC_URL at which nobody on this machine answers', () => {
    for (const env of [
      { PORT: '9000', PUBLIC_URL: 'http://localhost:8000' },
      { PUBLIC_URL: 'http://127.0.0.1' },
      { PORT: '80', PUBLIC_URL: 'http://[::1]:8000', HOST: '::1' },
    ]) {
      assert.deepEqual(doubtful(env), ['PUBLIC_URL'])
    }
  })

  it('are not those that agree, or that a proxy or a container may bring together', () => {
    for (const env of [
      {},
      { PORT: '9000' },
      { PORT: '80', PUBLIC_URL: 'http://localhost' },
      { PUBLIC_URL: 'https://localhost' },
      { PUBLIC_URL: 'http://localhost:9000', HOST: '0.0.0.0' },
      { PUBLIC_URL: 'http://kith.example.org' },
    ]) {
      assert.deepEqual(doubtful(env), [])
    }
  })
})
