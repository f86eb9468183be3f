// What the benchmark uses of its own two libraries. Declared here, so that the lint of the whole
// repository passes where bench/ was never set up.

declare module 'autocannon' {
  type Request = {
    method: string
    path: string
    headers: Record<string, string>
    body?: string
    setupRequest?: (request: Request) => Request
  }
  type Client = { setRequests(requests: Request[]): void }
  type Options = {
    url: string | string[]
    connections: number
    duration: number
    overallRate?: number
    setupClient?: (client: Client) => void
  }
  /** Times in ms, `duration` in seconds; status codes by their first digit. */
  type Result = {
    duration: number
    errors: number
    timeouts: number
    non2xx: number
    '2xx': number
    latency: { p50: number; p99: number }
    throughput: { total: number }
    requests: { total: number }
  }
  const autocannon: (options: Options) => Promise<Result>
  export default autocannon
}

declare module 'echarts' {
  type Chart = { setOption(option: object): void; renderToSVGString(): string; dispose(): void }
  type Size = { renderer: 'svg'; ssr: true; width: number; height: number }
  export function init(element: null, theme: null, size: Size): Chart
}
