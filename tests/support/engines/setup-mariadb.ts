// Owns that MariaDB runs while the suites which need it do.
import { provideEngine, startInstalled } from './global-setup.ts'
import { startMariadb } from './mariadb.ts'

export default provideEngine('mariadb', 'MariaDB', () =>
  startInstalled('mariadb-server', () => startMariadb()),
)
