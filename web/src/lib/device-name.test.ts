// Shows how devices are named.
import { expect, test } from 'vitest'

import { deviceName } from './device-name.ts'

test('devices are named by browser and system', () => {
  const chrome =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36'
  expect(deviceName(chrome)).toBe('Chrome · Windows')
  const phone =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Safari/604.1'
  expect(deviceName(phone)).toBe('Safari · iPhone')
  expect(deviceName('curl/8.1')).toBe('curl')
})
