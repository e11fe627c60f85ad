// Owns the checks of the runbooks and of what the documentation says of deploy/: pages and files it names are there.
import { existsSync } from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'
import type { Finding } from './check.ts'
import { filesOf, textOf } from './files.ts'
import { readRules } from './monitoring.ts'
import { problemsOf, root } from './tools.ts'

const PARTS = ['Symptom', 'Check', 'Action', 'Prevention']
const INDEX = 'docs/runbooks/README.md'

export async function checkRunbooks(): Promise<Finding> {
  const pages = filesOf('docs/runbooks/*.md').filter((page) => page !== INDEX)
  const problems: string[] = []
  const alerts = (await readRules()).filter(({ alert }) => alert)
  for (const { name, runbook } of alerts)
    if (!pages.includes(runbook)) problems.push(`${name}: its runbook ${runbook} isn't there`)
  const index = textOf(INDEX)
  let count = 0
  for (const page of pages) {
    const text = textOf(page)
    const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)
    if (headings.join() !== PARTS.join())
      problems.push(`${page}: its parts are ${headings.join(', ')}`)
    const commands = [...text.matchAll(/^ {4}\$ (.+)$/gm)].map(([, command = '']) => command)
    if (commands.length === 0) problems.push(`${page}: names no command`)
    count += commands.length
    const wrong = await problemsOf('bash', ['-n', '-c', commands.join('\n')])
    problems.push(...wrong.map((problem) => `${page}: ${problem}`))
    if (!index.includes(`(${basename(page)})`)) problems.push(`${INDEX} doesn't list ${page}`)
    const told = [...(/^Alert: (.+)$/m.exec(text)?.[1]?.matchAll(/`(\w+)`/g) ?? [])].map(
      ([, name]) => name,
    )
    const led = alerts.filter(({ runbook }) => runbook === page).map(({ name }) => name)
    if (told.toSorted().join() !== led.toSorted().join())
      problems.push(`${page} is for ${told.join(', ')}; the rules send ${led.join(', ')} there`)
  }
  const of = `runbooks for ${alerts.length} alerts, ${count} commands as shell reads them`
  return { count: pages.length, of, problems }
}

/** Links between pages, their headings, and every path in deploy/ that is named. */
export function checkLinks(): Finding {
  const pages = filesOf('docs/runbooks/*.md', 'docs/operations.md', 'docs/backups.md')
  let count = 0
  const problems: string[] = []
  for (const page of pages) {
    const text = textOf(page)
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
    for (const link of links.filter((it) => !it.startsWith('http'))) {
      count++
      const [path = '', anchor] = link.split('#')
      const target = path === '' ? page : normalize(join(dirname(page), path))
      if (!existsSync(join(root, target))) problems.push(`${page}: ${link} leads nowhere`)
      else if (anchor && !anchorsOf(target).has(anchor))
        problems.push(`${page}: ${link}: no such heading`)
    }
    for (const [path = ''] of text.matchAll(/\bdeploy\/[\w./@*-]*\w/g)) {
      count++
      if (filesOf(path).length === 0) problems.push(`${page}: there is no ${path}`)
    }
  }
  return { count, of: 'links and paths in the documentation', problems }
}

function anchorsOf(page: string): Set<string> {
  const headings = [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading)
  return new Set(
    headings.map((it) =>
      it
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
}
