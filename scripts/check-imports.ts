// Checks the import rules over the whole tree, and that the tree was really read: a parser that
// cannot read TypeScript would find nothing wrong in nothing.
import { globSync } from 'node:fs'
import { createRequire } from 'node:module'

import {
  cruise,
  type ICruiseOptions,
  type ICruiseResult,
  type IForbiddenRuleType,
} from 'dependency-cruiser'

type Config = { forbidden: IForbiddenRuleType[]; options: ICruiseOptions }
type Breach = { rule: string; from: string; to: string; why: string }

const config = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as Config
/** The names of all rules; one name may stand for several. */
export const importRules = config.forbidden.flatMap(({ name }) => name ?? [])
const sources = '{src,web,migrations,scripts,tests}/**/*.{ts,tsx}'

/** Every breach of the import rules below `root`; throws when a source file went unread. */
export async function importBreaches(root: string): Promise<Breach[]> {
  const files = globSync(sources, {
    cwd: root,
    exclude: (path) => /(^|\/)(node_modules|dist)$/.test(path),
  })
  const { modules, summary } = await readImports(root, files)
  const read = new Set(modules.map((module) => module.source))
  const unread = files.filter((file) => !read.has(file))
  if (files.length === 0 || unread.length > 0 || summary.totalDependenciesCruised === 0) {
    throw new Error(`Only ${read.size} modules of ${files.length} files were read: ${unread}`)
  }
  const reasons = new Map(
    config.forbidden.flatMap(({ name, comment }) => (comment ? [[name, comment]] : [])),
  )
  return summary.violations.map(({ rule, from, to, cycle, via }) => ({
    rule: rule.name,
    from,
    to: (cycle ?? via)?.map((step) => step.name).join(' → ') ?? to,
    why: reasons.get(rule.name) ?? '',
  }))
}

async function readImports(root: string, files: string[]): Promise<ICruiseResult> {
  const { output } = await cruise(files, {
    ...config.options,
    ruleSet: { forbidden: config.forbidden },
    validate: true,
    baseDir: root,
  })
  if (typeof output === 'string') throw new Error(output)
  return output
}

if (import.meta.main) {
  const breaches = await importBreaches(process.cwd())
  for (const { rule, from, to, why } of breaches) {
    console.log(`${rule}: ${from} → ${to}${why && `\n    ${why}`}`)
  }
  process.exitCode = breaches.length === 0 ? 0 : 1
}
