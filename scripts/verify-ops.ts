// `npm run verify:ops`: what must RUN for deploy/ to be right: real proxies, service managers and stores around real
// processes of the shop, on loopback, in temporary folders. Ends with 1 when a check fails. `-- nginx`: only these.
import { type Check, runCommand } from './verify-deploy/check.ts'
import { closeFront, front } from './verify-ops/front.ts'
import { startApache, startNginx } from './verify-ops/proxies.ts'
import { checkMonitoring } from './verify-ops/monitoring.ts'
import { checkFiles, checkLive } from './verify-ops/proxy-checks.ts'
import { checkRedisFull, checkRedisKilled } from './verify-ops/redis.ts'
import { checkRestarts } from './verify-ops/restart.ts'
import { checkSupervised } from './verify-ops/supervisor.ts'
import { checkUpgrade } from './verify-ops/upgrade.ts'
import { checkSystemd } from './verify-deploy/servers.ts'

const nginx = once(async () => startNginx((await front()).apis.map(({ port }) => port)))
const apache = once(async () => startApache((await front()).apis.map(({ port }) => port)))

const checks: readonly Check[] = [
  { name: 'nginx: files', run: async () => checkFiles(await nginx.get(), ['gzip']) },
  { name: 'nginx: live', run: async () => checkLive(await nginx.get(), (await front()).stage) },
  {
    name: 'nginx: restarts',
    run: async () => checkRestarts(await nginx.get(), (await front()).stage, (await front()).apis),
  },
  { name: 'Apache: files', run: async () => checkFiles(await apache.get(), ['br', 'gzip']) },
  { name: 'Apache: live', run: async () => checkLive(await apache.get(), (await front()).stage) },
  { name: 'Supervisor', run: checkSupervised },
  { name: 'Redis: killed', run: checkRedisKilled },
  { name: 'Redis: full', run: checkRedisFull },
  { name: 'upgrade: MariaDB', run: () => checkUpgrade('MariaDB') },
  { name: 'upgrade: PostgreSQL', run: () => checkUpgrade('PostgreSQL') },
  { name: 'systemd', run: checkSystemd },
  { name: 'monitoring', run: checkMonitoring },
]
await runCommand(checks, process.argv.slice(2), async () => {
  // One that couldn't be started has said so already.
  for (const proxy of [apache, nginx])
    await proxy.made()?.then(
      ({ close }) => close(),
      () => undefined,
    )
  await closeFront()
})

/** Made when the first asks for it. */
function once<T>(make: () => Promise<T>) {
  let made: Promise<T> | undefined
  return { get: () => (made ??= make()), made: () => made }
}
