// Owns the checks of the images' recipes and of the compose files.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run } from '../processes.ts'
import type { Finding } from './check.ts'
import { filesOf, isObject, type Json, listAt, part, readYaml, stringsIn, textOf } from './files.ts'
import { findProgram, problemsOf, pythonTool, root, versionOf } from './tools.ts'

const PINNED = /:v?\d[\w.-]*$|@sha256:/

export function checkDockerfiles(): Finding {
  const files = filesOf('deploy/docker/*Dockerfile')
  const ignored = textOf('.dockerignore').split('\n')
  const problems = files.flatMap((file) => problemsOfDockerfile(file, ignored))
  return { count: files.length, of: 'Dockerfiles: sources, pinned bases, user', problems }
}

function problemsOfDockerfile(file: string, ignored: readonly string[]): string[] {
  const lines = textOf(file).replaceAll(/\\\n/g, ' ').split('\n')
  const problems: string[] = []
  const bases = new Map<string, string>()
  for (const line of lines) {
    const [, name, value] = /^ARG (\w+)=(\S+)/.exec(line) ?? []
    if (name && value) bases.set(name, value)
    const from = /^FROM (?:--\S+ )?(\S+)/.exec(line)?.[1]
    const image = from?.replace(/^\$\{(\w+)\}$/, (_, key: string) => bases.get(key) ?? '')
    if (image !== undefined && !PINNED.test(image))
      problems.push(`${file}: ${from} has no version: ${image}`)
    const copied = /^COPY (?!--from)(?:--\S+ )*(.+) \S+$/.exec(line)?.[1]?.split(' ') ?? []
    for (const source of copied.filter((path) => path !== '.')) {
      if (!existsSync(join(root, source))) problems.push(`${file}: ${source} doesn't exist`)
      // What the ignore file lets through is named there, or lies in a folder that is.
      const kept = ignored.some(
        (rule) => rule === `!${source}` || source.startsWith(`${rule.slice(1)}/`),
      )
      if (!kept) problems.push(`${file}: ${source} is kept out by .dockerignore`)
    }
  }
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM')))
  const user = last.findLast((line) => line.startsWith('USER'))
  // nginx-unprivileged has its own.
  if (file === 'deploy/docker/Dockerfile' && !/^USER [1-9]\d*/.test(user ?? ''))
    problems.push(`${file}: the image runs as root`)
  if (!last.some((line) => line.startsWith('HEALTHCHECK'))) problems.push(`${file}: no HEALTHCHECK`)
  return problems
}

/** Those that are started, each with all it brings in. */
const STARTED = ['small', 'standard', 'large'].map((name) => `deploy/compose/${name}.yml`)

export async function checkComposeSchema(): Promise<Finding> {
  const files = filesOf('deploy/compose/*.yml')
  const tool = await pythonTool('check-jsonschema')
  const schema = ['--builtin-schema', 'vendor.compose-spec']
  const problems = await problemsOf(tool, [...schema, ...files.map((file) => join(root, file))])
  const by = `compose-spec of check-jsonschema ${await versionOf(tool, '--version')}`
  return { count: files.length, of: 'compose files', by, problems }
}

/** With Docker's own compose where there is one; elsewhere by looking up whatever a file refers to. */
export async function checkComposeReferences(): Promise<Finding> {
  const files = filesOf('deploy/compose/*.yml')
  const read = await readYaml(files)
  const documents = new Map(files.map((file) => [file, read.get(file)?.[0] ?? null]))
  const problems = STARTED.flatMap((file) => problemsOfProject(file, documents))
  const secrets = textOf('deploy/compose/make-secrets.sh')
  for (const [file, document] of documents) {
    for (const [name, secret] of Object.entries(part(document, 'secrets'))) {
      const path = isObject(secret) ? String(secret['file']) : ''
      const made = new RegExp(`keep ${path.replace('secrets/', '')}$`, 'm').test(secrets)
      if (!made) problems.push(`${file}: make-secrets.sh doesn't make ${name} (${path})`)
    }
  }
  const docker = findProgram('docker')
  const compose = docker && (await run(docker, ['compose', 'version'])).code === 0
  if (compose) {
    for (const file of STARTED)
      problems.push(
        ...(await problemsOf(docker, ['compose', '-f', join(root, file), 'config', '-q'])),
      )
  }
  const of = 'compose projects: images, volumes, secrets, paths, dependencies'
  return { count: STARTED.length, of, by: compose ? 'docker compose config' : '', problems }
}

function problemsOfProject(file: string, documents: Map<string, Json>): string[] {
  const document = documents.get(file) ?? null
  const included = listAt(document, 'include').map((name) => `${dirname(file)}/${String(name)}`)
  const all = [file, ...included]
  const namesOf = (kind: string) =>
    new Set(all.flatMap((name) => Object.keys(part(documents.get(name), kind))))
  const known = {
    services: namesOf('services'),
    volumes: namesOf('volumes'),
    secrets: namesOf('secrets'),
  }
  return all.flatMap((name) =>
    Object.entries(part(documents.get(name), 'services')).flatMap(([service, own]) => {
      const wrong = problemsOfService(withBase(own, documents, dirname(name)), dirname(name), known)
      return wrong.map((problem) => `${name}: ${service}: ${problem}`)
    }),
  )
}

/** What a service extends stands before what it says itself. */
function withBase(own: Json, documents: Map<string, Json>, folder: string): Json[] {
  const base = part(own, 'extends')
  const file = documents.get(`${folder}/${String(base['file'])}`)
  const service = part(file, 'services')[String(base['service'])]
  return service === undefined ? [own] : [service, own]
}

type Known = Readonly<Record<'services' | 'volumes' | 'secrets', Set<string>>>

function problemsOfService(layers: Json[], folder: string, known: Known): string[] {
  const problems: string[] = []
  const image = layers
    .map((layer) => (isObject(layer) ? layer['image'] : undefined))
    .findLast(Boolean)
  const version = String(image).replace(/\$\{\w+:-([^}]+)\}/g, '$1')
  if (!PINNED.test(version)) problems.push(`image without a version: ${String(image)}`)
  for (const layer of layers) {
    for (const volume of listAt(layer, 'volumes')) {
      const source = String(volume).split(':')[0] ?? ''
      if (source.startsWith('../') && !existsSync(join(root, folder, source)))
        problems.push(`${source} doesn't exist`)
      if (/^\w/.test(source) && !known.volumes.has(source)) problems.push(`no volume ${source}`)
    }
    for (const secret of listAt(layer, 'secrets')) {
      const name = String(isObject(secret) ? secret['source'] : secret)
      if (!known.secrets.has(name)) problems.push(`no secret ${name}`)
    }
    const needed = part(layer, 'depends_on')
    for (const name of [...Object.keys(needed), ...listAt(layer, 'depends_on').map(String)])
      if (!known.services.has(name)) problems.push(`depends on ${name}, which is no service`)
  }
  const named = new Set(
    layers
      .flatMap((layer) => listAt(layer, 'secrets'))
      .map((it) => String(isObject(it) ? it['source'] : it)),
  )
  for (const text of layers.flatMap((layer) => [...stringsIn(layer)])) {
    const secret = /\/run\/secrets\/(\w+)/.exec(text)?.[1]
    if (secret && !named.has(secret))
      problems.push(`reads the secret ${secret}, which it isn't given`)
  }
  return problems
}
