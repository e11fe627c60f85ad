// Owns the checks of Prometheus' files and of Grafana's dashboards: a query is written as Prometheus reads it, and
// reads only metrics that there are.
import { join } from 'node:path'
import type { Finding } from './check.ts'
import {
  filesOf,
  inFolder,
  isObject,
  type Json,
  listAt,
  part,
  readYaml,
  textOf,
  write,
} from './files.ts'
import { buildOverlay } from './kubernetes.ts'
import { metricNames, problemsOfQuery } from './metric-names.ts'
import { problemsOf, program, root, versionOf } from './tools.ts'

const RULES = 'deploy/prometheus/rules/petshop.yml'
const TESTS = 'deploy/prometheus/tests/petshop.yml'

export interface Rule {
  readonly name: string
  readonly alert: boolean
  readonly expr: string
  readonly runbook: string
}

export async function readRules(): Promise<Rule[]> {
  const document = (await readYaml([RULES])).get(RULES)?.[0]
  return listAt(document, 'groups').flatMap((group) =>
    listAt(group, 'rules')
      .filter(isObject)
      .map((rule) => ({
        name: String(rule['alert'] ?? rule['record']),
        alert: rule['alert'] !== undefined,
        expr: String(rule['expr']),
        runbook: String(part(rule, 'annotations')['runbook'] ?? ''),
      })),
  )
}

async function promtool(...args: string[]): Promise<{ by: string; problems: string[] }> {
  const tool = await program('promtool')
  const by = `promtool ${await versionOf(tool, '--version')}`
  return { by, problems: await problemsOf(tool, args) }
}

export async function checkPrometheusConfig(): Promise<Finding> {
  // The token's file is where containers have it.
  const file = join(root, 'deploy/prometheus/prometheus.yml')
  const { by, problems } = await promtool('check', 'config', '--syntax-only', file)
  const jobs = textOf('deploy/prometheus/prometheus.yml').match(/job_name:/g)?.length ?? 0
  return { count: jobs, of: 'scrape jobs', by: `${by} check config`, problems }
}

export async function checkAlertmanager(): Promise<Finding> {
  const amtool = await program('amtool')
  const file = join(root, 'deploy/prometheus/alertmanager.yml')
  const problems = await problemsOf(amtool, ['check-config', file])
  return {
    count: 1,
    of: 'routing of alerts',
    by: `amtool ${await versionOf(amtool, '--version')}`,
    problems,
  }
}

export async function checkRules(): Promise<Finding> {
  const rules = await readRules()
  const { by, problems } = await promtool('check', 'rules', join(root, RULES))
  const names = await metricNames(textOf(RULES))
  for (const { name, expr } of rules)
    problems.push(...problemsOfQuery(expr, names).map((problem) => `${name}: ${problem}`))
  const of = `rules, against ${names.own} metrics of src/platform`
  return { count: rules.length, of, by: `${by} check rules`, problems }
}

export async function checkRuleTests(): Promise<Finding> {
  const { by, problems } = await promtool('test', 'rules', join(root, TESTS))
  const read = await readYaml([RULES, TESTS])
  const document = read.get(TESTS)?.[0]
  const tests = listAt(document, 'tests')
  // A group that isn't listed is evaluated at any time: a test of it passes by chance.
  const groups = listAt(read.get(RULES)?.[0], 'groups').map((it) => isObject(it) && it['name'])
  if (groups.join() !== listAt(document, 'group_eval_order').join())
    problems.push(`group_eval_order must be ${groups.join(', ')}`)
  const text = JSON.stringify(tests)
  const alerts = (await readRules()).filter(({ alert }) => alert)
  for (const { name } of alerts)
    if (!text.includes(`"{alertname=\\"${name}\\"}"`)) problems.push(`no test sees ${name} fire`)
  return {
    count: tests.length,
    of: `cases for ${alerts.length} alerts`,
    by: `${by} test rules`,
    problems,
  }
}

export async function checkDashboards(): Promise<Finding> {
  const files = filesOf('deploy/grafana/dashboards/*.json')
  const names = await metricNames(textOf(RULES))
  const queries: string[] = []
  const problems: string[] = []
  const uids = new Set<string>()
  for (const file of files) {
    const board = JSON.parse(textOf(file)) as Json
    const uid = String(isObject(board) ? board['uid'] : '')
    if (uids.has(uid) || !file.endsWith(`/${uid}.json`)) problems.push(`${file}: its uid is ${uid}`)
    uids.add(uid)
    const ids = new Set<Json>()
    for (const panel of listAt(board, 'panels').filter(isObject)) {
      const where = `${file}: ${String(panel['title'])}`
      if (ids.has(panel['id'] ?? null)) problems.push(`${where}: its id is not its own`)
      ids.add(panel['id'] ?? null)
      if (panel['type'] === 'row') continue
      const own = listAt(panel, 'targets').map((target) =>
        String(isObject(target) && target['expr']),
      )
      if (own.length === 0) problems.push(`${where}: asks nothing`)
      if (part(panel, 'datasource')['uid'] !== 'prometheus')
        problems.push(`${where}: other data source`)
      for (const query of own)
        problems.push(...problemsOfQuery(query, names).map((problem) => `${where}: ${problem}`))
      queries.push(...own)
    }
  }
  const { by, problems: wrong } = await checkQueries(queries)
  return {
    count: queries.length,
    of: `queries of ${files.length} dashboards`,
    by,
    problems: [...problems, ...wrong],
  }
}

export async function checkScalers(): Promise<Finding> {
  const names = await metricNames(textOf(RULES))
  const manifests = await buildOverlay('large')
  const queries = manifests.flatMap((manifest) =>
    listAt(part(manifest, 'spec'), 'triggers').flatMap((trigger) => {
      const { query } = part(trigger, 'metadata')
      return typeof query === 'string' ? [query] : []
    }),
  )
  const { by, problems } = await checkQueries(queries)
  const unknown = queries.flatMap((query) => problemsOfQuery(query, names))
  return {
    count: queries.length,
    of: 'queries of scalers',
    by,
    problems: [...problems, ...unknown],
  }
}

/** Whether Prometheus can read them: as so many rules, with Grafana's variables filled in. */
function checkQueries(queries: readonly string[]): Promise<{ by: string; problems: string[] }> {
  const rules = queries.map((query, i) => {
    const expr = query.replaceAll('$__rate_interval', '5m').replaceAll('$instance', '.*')
    return { record: `query:${i}`, expr }
  })
  return inFolder((folder) => {
    // JSON is YAML too.
    const file = write(
      folder,
      'rules.yml',
      JSON.stringify({ groups: [{ name: 'queries', rules }] }),
    )
    return promtool('check', 'rules', file)
  })
}
