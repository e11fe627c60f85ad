// Owns the servers that scenarios use without hurting them: each is started when the first needs it.
import type { Engine } from '../../tests/support/engines/engine.ts'
import { ensureInstalled, type ServerPackage } from '../../tests/support/engines/install.ts'
import { startKafka } from '../../tests/support/engines/kafka.ts'
import { startMariadb } from '../../tests/support/engines/mariadb.ts'
import { startPostgres } from '../../tests/support/engines/postgres.ts'
import type { SharedEngine } from './scenario.ts'

export interface Engines {
  url(name: SharedEngine): Promise<string>
  close(): Promise<void>
}

export function openEngines(): Engines {
  const started = new Map<SharedEngine, Promise<Engine>>()
  return {
    async url(name) {
      const engine = started.get(name) ?? start(name)
      started.set(name, engine)
      return (await engine).url
    },
    async close() {
      for (const engine of started.values()) await engine.then(({ stop }) => stop()).catch(() => {})
    },
  }
}

async function start(name: SharedEngine): Promise<Engine> {
  switch (name) {
    case 'mariadb':
      await install('mariadb-server')
      return startMariadb()
    case 'postgres':
      await install('postgresql')
      return startPostgres()
    case 'kafka': {
      const kafka = await startKafka()
      if ('reason' in kafka) throw new Error(`there is no Kafka: ${kafka.reason}`)
      return kafka
    }
  }
}

async function install(name: ServerPackage): Promise<void> {
  const missing = await ensureInstalled([name])
  if (missing !== undefined) throw new Error(missing)
}
