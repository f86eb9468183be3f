-- Sends the requests of a prepared file one after the other, from as many threads as there are
-- ports, and prints one line of JSON. wrk has no settings of its own for this: they come by the
-- environment.
local file = os.getenv('BENCH_REQUESTS')
local counter_start = tonumber(os.getenv('BENCH_COUNTER'))
local think_ms = tonumber(os.getenv('BENCH_THINK_MS'))
local counter_mark = '########'

local ports = {}
for port in os.getenv('BENCH_PORTS'):gmatch('%d+') do
  table.insert(ports, port)
end

local requests = {}
local position = 0
local counter = 0
local threads = 0

function setup(thread)
  thread.addr = wrk.lookup('127.0.0.1', ports[threads % #ports + 1])[1]
  thread:set('thread_number', threads)
  threads = threads + 1
end

function init()
  local text = assert(io.open(file, 'rb')):read('*a')
  for request in text:gmatch('[^%z]+') do
    table.insert(requests, request)
  end
  -- Threads start at different places, so that they do not ask for the same at once.
  position = math.floor(thread_number * #requests / #ports)
  counter = counter_start + thread_number * 0x1000000
end

function request()
  position = position % #requests + 1
  local text = requests[position]
  local first, last = text:find(counter_mark, 1, true)
  if not first then
    return text
  end
  counter = (counter + 1) % 0x100000000
  return text:sub(1, first - 1) .. ('%08x'):format(counter) .. text:sub(last + 1)
end

-- Where it is defined, each connection waits before each request: for random times, as many people
-- who do not know of each other would.
if think_ms > 0 then
  function delay()
    return math.floor(-math.log(1 - math.random()) * think_ms + 0.5)
  end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(
    ('{"requests":%d,"microseconds":%d,"bytes":%d,"p50":%d,"p99":%d,"errors":%d}\n'):format(
      summary.requests,
      summary.duration,
      summary.bytes,
      latency:percentile(50),
      latency:percentile(99),
      errors.connect + errors.read + errors.write + errors.status + errors.timeout
    )
  )
end
