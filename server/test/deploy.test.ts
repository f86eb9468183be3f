import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { parse } from 'yaml'
import { readConfig, settingNames } from '../src/config.ts'

type Attachment = { aliases?: string[] } | null
type Service = {
  environment?: Record<string, string>
  ports?: string[]
  networks: string[] | Record<string, Attachment>
  read_only?: boolean
  cap_drop?: string[]
  security_opt?: string[]
}
type Compose = {
  services: Record<string, Service>
  networks: Record<string, { internal?: boolean; ipam?: { config: { subnet: string }[] } } | null>
}

const read = (path: string) => readFileSync(pathOf(path), 'utf8')
const example = read('.env.example')
const compose: Compose = parse(read('deploy/compose.yaml'), { merge: true })
const services = Object.entries(compose.services)

describe('.env.example', () => {
  // Each setting stands behind a #, which a user takes away.
  const settings = parseEnv(example.replaceAll(/^#(?=[A-Z_]+=)/gm, ''))

  it('explains every setting, and none that is not read', () => {
    assert.deepEqual(Object.keys(settings).sort(), namesRead().sort())
    assert.deepEqual([...settingNames].sort(), namesRead().sort())
  })

  it('shows the defaults', () => {
    assert.deepEqual(readConfig(settings), readConfig({}))
  })

  it('sets nothing by itself', () => {
    assert.deepEqual(Object.keys(parseEnv(example)), [])
  })
})

describe('compose.yaml', () => {
  it('publishes no port but those of the proxy', () => {
    const open = services.filter(([, { ports = [] }]) => ports.length > 0)
    assert.deepEqual(
      open.map(([name]) => name),
      ['proxy'],
    )
  })

  it('shuts the databases into a network that only the API shares and that leads nowhere', () => {
    const inBackend = services.filter(([, service]) => networksOf(service).includes('backend'))
    assert.deepEqual(inBackend.map(([name]) => name).sort(), [
      'kith',
      'kith-2',
      'postgres',
      'redis',
    ])
    assert.deepEqual(networksOf(compose.services['postgres']), ['backend'])
    assert.deepEqual(networksOf(compose.services['redis']), ['backend'])
    assert.equal(compose.networks['backend']?.internal, true)
  })

  it('gives no service more rights than it needs', () => {
    for (const [name, service] of services) {
      assert.equal(service.read_only, true, name)
      assert.deepEqual(service.cap_drop, ['ALL'], name)
      assert.deepEqual(service.security_opt, ['no-new-privileges:true'], name)
    }
  })

  it('gives the API settings that it knows, and believes only the network of the proxy', () => {
    const { environment = {} } = compose.services['kith'] ?? {}
    const known = namesRead()
    for (const name of Object.keys(environment)) assert.ok(known.includes(name), name)
    assert.equal(environment['TRUST_PROXY'], compose.networks['edge']?.ipam?.config[0]?.subnet)
  })

  it('names every process of the API as the Caddyfile asks for them', () => {
    const [, alias = '', port = ''] = /dynamic a (\S+) (\d+)/.exec(read('deploy/Caddyfile')) ?? []
    for (const name of ['kith', 'kith-2']) {
      const networks = compose.services[name]?.networks ?? []
      assert.ok(!Array.isArray(networks))
      assert.deepEqual(networks['edge']?.aliases, [alias])
    }
    assert.match(read('deploy/Dockerfile'), new RegExp(`^EXPOSE ${port}$`, 'm'))
  })

  it('uses no variable that is not explained', () => {
    const explained = example + read('deploy/README.md')
    const used = read('deploy/compose.yaml').matchAll(/\$\{(\w+)/g)
    for (const [, name = ''] of used) assert.ok(new RegExp(`\\b${name}\\b`).test(explained), name)
  })
})

it('the Dockerfile copies only what is there and what .dockerignore lets in', () => {
  const copies = read('deploy/Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)
  const paths = [...copies].flatMap(([, sources = '']) => sources.split(' '))
  const allowed = read('.dockerignore').split('\n')
  assert.ok(paths.length > 0)
  for (const path of paths) {
    assert.ok(existsSync(pathOf(path)), path)
    assert.ok(
      foldersOf(path).some((one) => allowed.includes(`!${one}`)),
      path,
    )
  }
})

it('the container and the service start as npm start does', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } }
  const [, command = ''] = /^CMD (\[.+?\])$/ms.exec(read('deploy/Dockerfile')) ?? []
  const inContainer: string[] = JSON.parse(command.replaceAll('\\\n', ''))
  assert.equal(inContainer.join(' '), scripts.start)
  const [, ...flags] = scripts.start.split(' ').slice(0, -1)
  for (const file of ['deploy/Dockerfile', 'deploy/kith.service']) {
    const text = read(file).replaceAll(/\s*\\\n\s*/g, ' ')
    assert.ok(text.includes(`node ${flags.join(' ')} `), file)
  }
})

/** The names of all settings that the server asks its environment for. */
function namesRead(): string[] {
  const names = new Set<string>()
  const get = (_target: object, name: string) => void names.add(name)
  readConfig(new Proxy({}, { get }))
  return [...names]
}

function networksOf(service: Service | undefined): string[] {
  const { networks = [] } = service ?? {}
  return Array.isArray(networks) ? networks : Object.keys(networks)
}

/** The path and the folders that it is in. */
function foldersOf(path: string): string[] {
  const parts = path.split('/')
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'))
}

function pathOf(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url))
}
