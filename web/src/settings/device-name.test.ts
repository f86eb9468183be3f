import assert from 'node:assert/strict'
import { it } from 'node:test'
import { deviceName } from './device-name.ts'

it('devices are called as people call them', () => {
  const names: [userAgent: string, name: string][] = [
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox · Linux'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0',
      'Edge · Windows',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
      'Safari · iPhone',
    ],
    [
      'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36',
      'Chrome · Android',
    ],
    ['DAVx5/4.4.3 (2026/01/01; dav4jvm; okhttp/4.12.0) Android/15', 'DAVx5 · Android'],
    ['iOS/18.5 (22F76) dataaccessd/1.0', 'iOS · iPhone'],
    ['macOS/15.5 (24F74) AddressBookCore/2700', 'macOS · Mac'],
    ['curl/8.14.1', 'curl'],
    ['something', 'something'],
  ]
  for (const [userAgent, name] of names) assert.equal(deviceName(userAgent), name)
})
