// Owns a Prometheus with the rules of deploy/ and addresses of this machine, and asking it.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAnswering, type Owned, startProcess, waitFor } from '../../bench/lib/processes.ts'
import { freePort } from '../../tests/support/engines/ports.ts'
import { isObject, type Json, listAt, part } from '../verify-deploy/files.ts'
import { program, root } from '../verify-deploy/tools.ts'

export interface Prometheus {
  /** What an instant query finds: the values, one for each series. @throws what it says is wrong */
  ask(query: string): Promise<number[]>
  /** Jobs by how many of their targets answer, as in `petshop 2/2`. */
  targets(): Promise<{ job: string; up: boolean; error: string }[]>
  /** Rules that could not be evaluated. */
  failedRules(): Promise<string[]>
  stop(): Promise<void>
}

const SECONDS = 30

/** Reads every other second. @param jobs by name, the ports of 127.0.0.1 */
export async function startPrometheus(
  folder: string,
  jobs: Readonly<Record<string, readonly number[]>>,
): Promise<Prometheus> {
  const port = await freePort()
  const config = join(folder, 'prometheus.yml')
  // JSON is YAML too.
  writeFileSync(config, JSON.stringify(configuration(jobs)))
  const owned = startProcess(
    await program('prometheus'),
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'prometheus')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { logFile: join(folder, 'prometheus.log') },
  )
  const url = `http://127.0.0.1:${port}`
  await waitFor(owned, 'Prometheus is ready', SECONDS, () => isAnswering(`${url}/-/ready`))
  return { ...questions(url), stop: () => stopHard(owned) }
}

function configuration(jobs: Readonly<Record<string, readonly number[]>>) {
  return {
    global: { scrape_interval: '2s', scrape_timeout: '2s', evaluation_interval: '1s' },
    rule_files: [join(root, 'deploy/prometheus/rules/*.yml')],
    scrape_configs: Object.entries(jobs).map(([job_name, ports]) => ({
      job_name,
      static_configs: [{ targets: ports.map((port) => `127.0.0.1:${port}`) }],
    })),
  }
}

function questions(url: string): Pick<Prometheus, 'ask' | 'targets' | 'failedRules'> {
  const get = async (path: string) => (await (await fetch(`${url}/api/v1/${path}`)).json()) as Json
  return {
    async ask(query) {
      const answer = await get(`query?query=${encodeURIComponent(query)}`)
      if (isObject(answer) && answer['status'] !== 'success')
        throw new Error(String(answer['error']))
      const data = part(answer, 'data')
      // A vector has series, a scalar is one number.
      if (data['resultType'] === 'scalar') return [Number(listAt(data, 'result')[1])]
      return listAt(data, 'result').map((series) => Number(listAt(series, 'value')[1]))
    },
    async targets() {
      const answer = await get('targets')
      return listAt(part(answer, 'data'), 'activeTargets').map((target) => ({
        job: String(part(target, 'labels')['job']),
        up: isObject(target) && target['health'] === 'up',
        error: String(isObject(target) && target['lastError']),
      }))
    },
    async failedRules() {
      const answer = await get('rules')
      return listAt(part(answer, 'data'), 'groups')
        .flatMap((group) => listAt(group, 'rules'))
        .filter(isObject)
        .filter((rule) => rule['health'] !== 'ok')
        .map((rule) => `${String(rule['name'])}: ${String(rule['lastError'] ?? rule['health'])}`)
    },
  }
}

/** It would write down what it has; nobody will read it. */
async function stopHard(owned: Owned): Promise<void> {
  owned.child.kill('SIGKILL')
  await owned.stop()
}
