// Owns the check that files sent by a proxy carry the same security headers as what the program sends itself.
import { systemClock } from '../../src/lib/clock.ts'
import { sqliteDialect } from '../../src/platform/db/dialect-sqlite.ts'
import { createHttpServer } from '../../src/platform/http/server.ts'
import { createLog } from '../../src/platform/logging.ts'
import { createMetrics } from '../../src/platform/metrics.ts'
import type { Finding } from './check.ts'
import { textOf } from './files.ts'

const PROXIES: Readonly<Record<string, RegExp>> = {
  'deploy/nginx/snippets/petshop-headers.conf': /^add_header (\S+) (?:"([^"]*)"|(\S+)) always;$/gm,
  'deploy/apache/petshop.conf': /^\s*Header always set (\S+) (?:"([^"]*)"|(\S+))$/gm,
}
/** TLS ends at the proxy: this one is its own. */
const THEIRS = 'strict-transport-security'
const NEEDED = ['content-security-policy', 'x-content-type-options', 'referrer-policy']

export async function checkHeaders(): Promise<Finding> {
  const own = await ownHeaders()
  let count = 0
  const problems = Object.entries(PROXIES).flatMap(([file, pattern]) => {
    const sent = new Map<string, string>()
    for (const [, name = '', quoted, bare] of textOf(file).matchAll(pattern))
      sent.set(name.toLowerCase(), quoted ?? bare ?? '')
    count += sent.size
    const missing = [...NEEDED, THEIRS].filter((name) => !sent.has(name))
    const other = [...sent].filter(([name, value]) => name !== THEIRS && own[name] !== value)
    return [
      ...missing.map((name) => `${file} doesn't send ${name}`),
      ...other.map(
        ([name, value]) => `${file}: ${name}: ${value}\nthe program: ${String(own[name])}`,
      ),
    ]
  })
  return { count, of: "headers of the proxies, against the program's own", problems }
}

/** Asked of the program without opening a port. */
async function ownHeaders(): Promise<Record<string, unknown>> {
  const http = await createHttpServer({
    log: createLog('silent'),
    metrics: createMetrics(),
    dialect: sqliteDialect,
    clock: systemClock,
    metricsToken: null,
    trustProxy: null,
    authenticate: () => Promise.resolve(null),
  })
  const { headers } = await http.inject('/api/openapi.json')
  await http.close()
  return headers
}
