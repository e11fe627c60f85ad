// Owns running the JMeter plan against a shop of its own, in bounded time; ends with 1 when anything failed.
//
//   node bench/jmeter/run.ts --users 10 --ramp 2 --loops 5
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runProcess, temporaryFolder } from '../lib/processes.ts'
import { startShop } from '../lib/shop.ts'
import { figuresOf, parseResults } from './results.ts'

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '10' },
    /** Seconds in which the users come. */
    ramp: { type: 'string', default: '2' },
    /** Visits of each user. */
    loops: { type: 'string', default: '5' },
    /** Milliseconds that a user thinks before every request. */
    think: { type: 'string', default: '0' },
    /** JMeter is ended after this. */
    'at-most': { type: 'string', default: '300' },
  },
})

const HERE = import.meta.dirname
const DEBIAN = '/usr/share/jmeter'
const BEANSHELL = '/usr/share/java/bsh.jar'
/** Most failures that are shown. */
const SHOWN = 10

const folder = temporaryFolder()
const shop = await startShop(folder.path, { customers: 1, products: 500 })
try {
  const results = join(folder.path, 'results.jtl')
  await runPlan(shop.url, results)
  report(readFileSync(results, 'utf8'))
} finally {
  await shop.stop()
  folder.remove()
}

async function runPlan(url: string, results: string): Promise<void> {
  const { hostname, port } = new URL(url)
  const { users, ramp, loops, think } = values
  const settings = {
    ...{ host: hostname, port, users, ramp, loops, think },
    'jmeter.save.saveservice.output_format': 'csv',
    'jmeter.save.saveservice.print_field_names': 'true',
    'jmeter.save.saveservice.assertion_results_failure_message': 'true',
  }
  const [command, ...first] = jmeter()
  const args = [
    ...first,
    ...['-n', '-t', join(HERE, 'petshop.jmx'), '-l', results],
    ...['-j', join(folder.path, 'jmeter.log')],
    ...Object.entries(settings).map(([name, value]) => `-J${name}=${value}`),
  ]
  await runProcess(command, args, { cwd: folder.path, seconds: Number(values['at-most']) })
  if (!existsSync(results)) throw new Error(`JMeter ran nothing: ${jmeterLog()}`)
}

function jmeterLog(): string {
  return readFileSync(join(folder.path, 'jmeter.log'), 'utf8').slice(-2000)
}

/** Debian's own start script can't read plans any more: see debian.bsh. */
function jmeter(): [string, ...string[]] {
  if (!existsSync(join(DEBIAN, 'bin/ApacheJMeter.jar'))) return ['jmeter']
  if (!existsSync(join(DEBIAN, 'lib/ext/ApacheJMeter_http.jar'))) {
    throw new Error('JMeter without HTTP: apt-get install -y --no-install-recommends jmeter-http')
  }
  const classPath = [join(DEBIAN, 'bin/ApacheJMeter.jar'), BEANSHELL].join(':')
  const start = ['-cp', classPath, 'bsh.Interpreter', join(HERE, 'debian.bsh')]
  return ['java', '-Djava.awt.headless=true', `-Djmeter.home=${DEBIAN}`, ...start]
}

function report(csv: string): void {
  const samples = parseResults(csv)
  const lines = figuresOf(samples).map(({ label, count, failed, p50_ms, p95_ms, max_ms }) =>
    [label.padEnd(30), ...[count, failed, p50_ms, p95_ms, max_ms].map(column)].join(' '),
  )
  const heading = ['request'.padEnd(30), ...['count', 'failed', 'p50', 'p95', 'max ms'].map(column)]
  const failures = samples.filter(({ failure }) => failure !== null)
  process.stdout.write(`${[heading.join(' '), ...lines].join('\n')}\n`)
  process.stdout.write(`${samples.length} requests, ${failures.length} failed\n`)
  for (const { label, failure } of failures.slice(0, SHOWN)) {
    process.stdout.write(`  ${label}: ${failure ?? ''}\n`)
  }
  // Nothing sampled is no success.
  if (failures.length > 0 || samples.length === 0) process.exitCode = 1
}

function column(value: number | string): string {
  return String(value).padStart(8)
}
