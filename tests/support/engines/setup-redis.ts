// Owns that Redis runs while the suites which need it do.
import { provideEngine, startInstalled } from './global-setup.ts'
import { startRedis } from './redis.ts'

export default provideEngine('redis', 'Redis', () =>
  startInstalled('redis-server', () => startRedis()),
)
