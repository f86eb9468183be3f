import { createCluster } from '@redis/client'
import type { RedisClient } from './redis-client.ts'

/**
 * A Redis Cluster as a client that asks each key's own node. Several keys are asked for at the same time
 * rather than by one command, so that they may be anywhere.
 * @param nodes from which the others are found
 * @see https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/
 */
export function clusterClient(nodes: URL[], connectWithinMs: number): RedisClient {
  const [{ username, password, protocol } = new URL('redis://localhost')] = nodes
  const cluster = createCluster({
    rootNodes: nodes.map(({ href }) => ({ url: href })),
    // For the nodes that are found, of which only the address is known.
    defaults: {
      ...(username && { username: decodeURIComponent(username) }),
      ...(password && { password: decodeURIComponent(password) }),
      disableOfflineQueue: true,
      socket: {
        connectTimeout: connectWithinMs,
        ...(protocol === 'rediss:' && { tls: true }),
      },
    },
  })
  return {
    get isReady() {
      return cluster.isReady
    },
    async connect() {
      await cluster.connect()
      await askAll()
    },
    destroy: () => cluster.destroy(),
    onError: (listener) => void cluster.on('error', listener).on('node-error', listener),
    // A node would tell the connection to it alone, and which node has a key may change.
    pushesChanges: false,
    onChange: () => {},
    mGet: (keys) => Promise.all(keys.map((key) => cluster.get(key))),
    eval: (script, options) => cluster.eval(script, options),
    ping: askAll,
  }

  /** @throws Error when a node is away, whose keys could not be asked for */
  function askAll(): Promise<string[]> {
    const nodes = cluster.masters.map((master) => cluster.nodeClient(master))
    return Promise.all(nodes.map(async (node) => (await node).ping()))
  }
}
