// Owns a Kafka broker for tests in Docker: the makers' own image, where Docker runs.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { type Engine, startEngine } from '../engine.ts'
import { freePort } from '../ports.ts'
import { pingKafka } from './ready.ts'

const run = promisify(execFile)

const IMAGE = 'apache/kafka:4.2.1'
const DATA = '/var/lib/kafka/data'
const CLIENTS = 9092
const CONTROLLER = 9093

export type Properties = Readonly<Record<string, string>>

/** Not only the program: an engine that answers. */
export function dockerRuns(): Promise<boolean> {
  return works(['info'], 10)
}

/** Undefined when the image can't be had: then there may be another way. */
export async function startInDocker(
  properties: (clients: string, controller: string, advertised: string) => Properties,
  wantedPort?: number,
): Promise<Engine | undefined> {
  if (!(await hasImage())) return undefined
  const name = `petshop-kafka-${crypto.randomUUID()}`
  const engine = await startEngine('Kafka', undefined, undefined, async () => {
    const port = wantedPort ?? (await freePort())
    const brokers = `127.0.0.1:${port}`
    // Inside, it listens to everybody: outside, Docker lets only the loopback address in.
    const settings = properties(`0.0.0.0:${CLIENTS}`, `localhost:${CONTROLLER}`, brokers)
    const env = Object.entries({ ...settings, 'log.dirs': DATA }).flatMap(([key, value]) => [
      '--env',
      `KAFKA_${key.toUpperCase().replaceAll('.', '_')}=${value}`,
    ])
    const heap = ['--env', 'KAFKA_HEAP_OPTS=-Xmx384m']
    const publish = ['--publish', `${brokers}:${CLIENTS}`]
    await run('docker', ['create', '--name', name, ...publish, ...heap, ...env, IMAGE])
    return {
      port,
      url: brokers,
      command: 'docker',
      // It stays in the foreground and hands our signals on: when it has ended, so has the broker.
      args: ['start', '--attach', name],
      env: process.env, // it says where the engine is
      ping: () => pingKafka(brokers),
    }
  }).catch(async (error: unknown) => {
    await remove(name)
    throw error
  })
  const { stop, kill } = engine
  return Object.assign(engine, {
    async kill() {
      await run('docker', ['kill', name]).catch(() => {}) // it has ended already
      await run('docker', ['wait', name]) // then its port is free
      await kill()
    },
    async stop() {
      await stop()
      await remove(name)
    },
  })
}

async function hasImage(): Promise<boolean> {
  return (await works(['image', 'inspect', IMAGE], 10)) || works(['pull', '--quiet', IMAGE], 600)
}

function works(args: string[], seconds: number): Promise<boolean> {
  return run('docker', args, { timeout: seconds * 1_000 }).then(
    () => true,
    () => false,
  )
}

async function remove(name: string): Promise<void> {
  await run('docker', ['rm', '--force', '--volumes', name]).catch(() => {}) // there is none
}
