// Owns the checks of the pipelines of GitHub and GitLab, and of the form of all YAML.
import { join } from 'node:path'
import type { Finding } from './check.ts'
import {
  filesOf,
  inFolder,
  isObject,
  type Json,
  part,
  listAt,
  readYaml,
  textOf,
  write,
} from './files.ts'
import { problemsOf, program, pythonTool, root, versionOf } from './tools.ts'

const GITLAB = '.gitlab-ci.yml'

export async function checkYaml(): Promise<Finding> {
  const files = [...filesOf('deploy/**/*.{yml,yaml}', '.github/**/*.yml'), GITLAB]
  const tool = await pythonTool('yamllint')
  const rules =
    '{extends: relaxed, rules: {line-length: {max: 180}, indentation: {indent-sequences: consistent}}}'
  const problems = await problemsOf(tool, [
    '--strict',
    '-d',
    rules,
    ...files.map((file) => join(root, file)),
  ])
  return {
    count: files.length,
    of: 'YAML files',
    by: `yamllint ${await versionOf(tool, '--version')}`,
    problems,
  }
}

export async function checkPipelines(): Promise<Finding> {
  const tool = await pythonTool('check-jsonschema')
  const github = filesOf('.github/workflows/*.yml')
  const paths = github.map((file) => join(root, file))
  const problems = [
    ...(await problemsOf(tool, ['--builtin-schema', 'vendor.github-workflows', ...paths])),
    ...(await problemsOf(tool, [
      ...['--builtin-schema', 'vendor.gitlab-ci', '--data-transform', 'gitlab-ci'],
      join(root, GITLAB),
    ])),
  ]
  const python = await pythonTool('python')
  const cliff = join(root, '.github/cliff.toml')
  problems.push(
    ...(await problemsOf(python, [
      '-c',
      'import sys, tomllib; tomllib.load(open(sys.argv[1], "rb"))',
      cliff,
    ])),
  )
  const by = `SchemaStore's schemas of check-jsonschema ${await versionOf(tool, '--version')}`
  return { count: github.length + 1, of: 'pipelines', by, problems }
}

/** What the pipelines run: as shell, and the scripts of package.json that they name. */
export async function checkSteps(): Promise<Finding> {
  const shellcheck = await program('shellcheck')
  const steps = await stepsOf()
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }
  const problems: string[] = []
  for (const { where, text } of steps) {
    for (const [, name = ''] of text.matchAll(/\bnpm (?:run (?:-s )?)?([\w:]+)/g))
      if (name !== 'ci' && !scripts[name])
        problems.push(`${where}: package.json has no script ${name}`)
    await inFolder(async (folder) => {
      // What GitHub fills in is a word to the shell.
      const script = `#!/bin/bash -e\n${text.replaceAll(/\$\{\{[^}]*\}\}/g, 'word')}\n`
      const found = await problemsOf(shellcheck, ['-e', 'SC2154', write(folder, 'step.sh', script)])
      problems.push(...found.map((problem) => `${where}: ${problem}`))
    })
  }
  return {
    count: steps.length,
    of: 'steps',
    by: `shellcheck ${await versionOf(shellcheck, '--version')}`,
    problems,
  }
}

async function stepsOf(): Promise<{ where: string; text: string }[]> {
  const files = [...filesOf('.github/workflows/*.yml'), GITLAB]
  const documents = await readYaml(files)
  return files.flatMap((file) => {
    const document = documents.get(file)?.[0] ?? null
    const jobs: [string, Json][] = Object.entries(
      file === GITLAB && isObject(document) ? document : part(document, 'jobs'),
    )
    return jobs.flatMap(([job, steps]) => {
      const runs = listAt(steps, 'steps').flatMap((step) =>
        isObject(step) && typeof step['run'] === 'string' ? [step['run']] : [],
      )
      const lines = ['before_script', 'script'].flatMap((name) => listAt(steps, name).map(String))
      const all = lines.length > 0 ? [...runs, lines.join('\n')] : runs
      return all.map((text) => ({ where: `${file}: ${job}`, text }))
    })
  })
}

/** Whether the same commands stand in documents whose version is fixed. */
export async function checkVersions(): Promise<Finding> {
  const { version } = JSON.parse(textOf('package.json')) as { version: string }
  const files = filesOf('deploy/compose/common.yml', 'deploy/k8s/overlays/*/kustomization.yaml')
  const problems = files.flatMap((file) => {
    const named = [...textOf(file).matchAll(/(?:PETSHOP_VERSION:-|newTag: )([\d.]+)/g)].map(
      ([, v]) => v,
    )
    if (named.length === 0) return [`${file}: names no version`]
    return named
      .filter((v) => v !== version)
      .map((v) => `${file}: names ${v}, the program is ${version}`)
  })
  return { count: files.length, of: `files that name version ${version}`, problems }
}
