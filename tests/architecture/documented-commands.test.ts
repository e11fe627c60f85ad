// Shows that every `petshop …` that documentation, units and recipes name is a command, with options that it has.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { beforeAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const pages = globSync(
  [
    'README*.md',
    'CONTRIBUTING.md',
    'docs/**/*.md',
    'deploy/**/*',
    '.github/**/*.yml',
    '.gitlab-ci.yml',
    'src/cli/*.ts',
  ],
  { cwd: root },
).filter((path) => !path.endsWith('.test.ts') && /\.\w+$|petshop|Dockerfile/.test(path))

const petshop = new Command('petshop')
beforeAll(async () => {
  for (const path of globSync('src/cli/*.ts', { cwd: root })) {
    if (path.endsWith('.test.ts')) continue
    const exported = (await import(join(root, path))) as Record<string, unknown>
    for (const [name, make] of Object.entries(exported)) {
      if (name.endsWith('Command') && typeof make === 'function')
        petshop.addCommand((make as () => Command)())
    }
  }
})

/** Up to where a person or the shell would stop reading it. */
const SAID = /(?:`|\$ |exec \w+ |npm run (?:-s )?|^ *)petshop (?:-- )?([a-z][^`|;&'"()\n]*)/gm

function commandsIn(text: string): string[][] {
  return [...text.matchAll(SAID)].map(([, words = '']) => words.trim().split(/\s+/))
}

function problemOf(words: readonly string[]): string | null {
  let command = petshop
  for (const word of words) {
    if (word.startsWith('--')) {
      const option = word.split('=')[0]
      const has = command.options.some(({ long }) => long === option) || option === '--help'
      if (!has) return `${command.name()} has no ${option}`
      continue
    }
    const next = command.commands.find((it) => it.name() === word)
    if (next) command = next
    else if (command.commands.length > 0) return `${command.name()} has no command ${word}`
  }
  return null
}

test('each one exists', () => {
  const said = pages.flatMap((page) =>
    commandsIn(readFileSync(join(root, page), 'utf8')).map((words) => ({ page, words })),
  )
  expect(said.length).toBeGreaterThan(60)
  const wrong = said.flatMap(({ page, words }) => {
    const problem = problemOf(words)
    return problem === null ? [] : [`${page}: petshop ${words.join(' ')}: ${problem}`]
  })
  expect(wrong).toEqual([])
})

test('a command, a part of one and an option that don’t exist are found', () => {
  const text =
    'Run `petshop rebuild`, `petshop reports forget`\n    $ petshop backup --quickly | tail -1\n'
  expect(commandsIn(text).map(problemOf)).toEqual([
    'petshop has no command rebuild',
    'reports has no command forget',
    'backup has no --quickly',
  ])
})
