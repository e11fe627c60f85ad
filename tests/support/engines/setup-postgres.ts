// Owns that PostgreSQL runs while the suites which need it do.
import { provideEngine, startInstalled } from './global-setup.ts'
import { startPostgres } from './postgres.ts'

export default provideEngine('postgres', 'PostgreSQL', () =>
  startInstalled('postgresql', () => startPostgres()),
)
