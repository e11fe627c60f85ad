// Owns a real Kafka broker for tests: one that is given, else one in Docker, else one of our own in Java.
import { randomBytes } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Engine, type Home, startEngine, type StartOptions } from './engine.ts'
import { type Artifacts, kafkaArtifacts } from './kafka/artifacts.ts'
import { dockerRuns, type Properties, startInDocker } from './kafka/docker.ts'
import { pingKafka } from './kafka/ready.ts'
import { freePort } from './ports.ts'

export interface Kafka extends Engine {
  /** `127.0.0.1:PORT`. */
  readonly brokers: string
}

export interface KafkaOptions extends StartOptions {
  /** Lines of server.properties, which win over ours. */
  readonly settings?: Properties
}

/** Why there is no broker, in words for whoever runs the tests. */
export interface NoKafka {
  readonly reason: string
}

// Little memory, and a compiler that is quick to start: a test's broker lives for minutes.
const JVM = ['-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']
const LOGGING = '-Dorg.apache.logging.log4j.level=WARN'

/** A broker that answers, or why there is none. `KAFKA_BROKERS` names one that runs: it stays untouched. */
export async function startKafka(options: KafkaOptions = {}): Promise<Kafka | NoKafka> {
  try {
    const { KAFKA_BROKERS } = process.env
    const engine = KAFKA_BROKERS
      ? await given(KAFKA_BROKERS)
      : ((await inDocker(options)) ?? (await inJava(options, await kafkaArtifacts())))
    return Object.assign(engine, { brokers: engine.url })
  } catch (error) {
    const [reason = '', ...log] = (error as Error).message.split('\n')
    if (log.length > 0) console.error(error)
    return { reason }
  }
}

async function given(brokers: string): Promise<Engine> {
  await pingKafka(brokers).catch((error: unknown) => {
    const why = (error as Error).message
    throw new Error(`the broker of KAFKA_BROKERS (${brokers}) is not usable: ${why}`, {
      cause: error,
    })
  })
  const notOurs = () => Promise.reject(new Error('the broker of KAFKA_BROKERS is not ours'))
  return {
    url: brokers,
    pid: 0,
    port: Number(brokers.split(',')[0]!.split(':').at(-1)),
    dir: '',
    stop: () => Promise.resolve(),
    kill: notOurs,
    restart: notOurs,
    log: () => '',
  }
}

/** Undefined where Docker can't: no engine runs, or the data shall be in a folder of this machine. */
async function inDocker({ dir, port, settings }: KafkaOptions): Promise<Engine | undefined> {
  if (dir !== undefined || !(await dockerRuns())) return undefined
  return startInDocker((...addresses) => ({ ...properties(...addresses), ...settings }), port)
}

async function inJava(options: KafkaOptions, artifacts: Artifacts): Promise<Engine> {
  return startEngine('Kafka', options.dir, undefined, async (home) => {
    const port = options.port ?? (await freePort())
    const brokers = `127.0.0.1:${port}`
    const data = join(home.dir, 'data')
    const file = join(home.dir, 'server.properties')
    const controller = `127.0.0.1:${await freePort()}`
    const lines = {
      ...properties(brokers, controller, brokers),
      'log.dirs': data,
      ...options.settings,
    }
    writeFileSync(file, propertiesFile(lines))
    const program = [...JVM, LOGGING, '-cp', artifacts.classPath]
    await format(home, artifacts.java, [...program, 'kafka.tools.StorageTool'], file)
    return {
      port,
      url: brokers,
      command: artifacts.java,
      args: [...program, 'kafka.Kafka', file],
      ping: () => pingKafka(brokers),
    }
  })
}

/** A data folder gets its cluster id before it is first used. */
async function format(home: Home, java: string, tool: string[], file: string): Promise<void> {
  if (existsSync(join(home.dir, 'data/meta.properties'))) return
  const id = randomBytes(16).toString('base64url').replace(/^-/, 'p') // no option of the tool's
  await home.run(java, [...tool, 'format', '-t', id, '-c', file])
}

/** One process is both broker and controller, and keeps the only copy of everything. */
function properties(clients: string, controller: string, advertised: string): Properties {
  return {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@${controller}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://${clients},CONTROLLER://${controller}`,
    'advertised.listeners': `PLAINTEXT://${advertised}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    // A killed broker comes back when it is known to be dead; usually that takes nine seconds.
    'broker.session.timeout.ms': '3000',
    'broker.heartbeat.interval.ms': '500',
    'auto.create.topics.enable': 'false',
    'group.initial.rebalance.delay.ms': '0',
    'offsets.topic.num.partitions': '4',
    'offsets.topic.replication.factor': '1',
    'transaction.state.log.num.partitions': '4',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'share.coordinator.state.topic.num.partitions': '4',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    'log.cleaner.dedupe.buffer.size': '16777216', // its usual 128 MB are for brokers that stay
  }
}

function propertiesFile(lines: Properties): string {
  return Object.entries(lines)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
}
