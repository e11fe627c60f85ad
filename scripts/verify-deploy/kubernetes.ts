// Owns the checks of the manifests: built by kustomize as they are applied, then held against Kubernetes' schemas.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Finding } from './check.ts'
import { inFolder, isObject, type Json, type JsonObject, listAt, part, write } from './files.ts'
import { must, npmPackages, problemsOf, program, pythonTool, root, versionOf } from './tools.ts'

/** One that many clusters still have, and the newest whose schemas we have. */
const VERSIONS = ['1.34.0', '1.37.0']
const OVERLAYS = ['small', 'large']

/** Kinds that the cluster's add-ons bring: the modules that know them. */
const CUSTOM: Readonly<Record<string, string>> = {
  ServiceMonitor:
    '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor.js',
  ScaledObject: '@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject.js',
}

export async function buildOverlay(name: string): Promise<JsonObject[]> {
  const kubectl = await program('kubectl')
  const folder = join(root, 'deploy/k8s/overlays', name)
  const yaml = await must(kubectl, ['kustomize', folder])
  return inFolder(async (work) => {
    const file = write(work, 'all.yaml', yaml)
    const script =
      'import json, sys, yaml; print(json.dumps(list(yaml.safe_load_all(open(sys.argv[1])))))'
    const output = await must(await pythonTool('python'), ['-c', script, file])
    return (JSON.parse(output) as Json[]).filter(isObject)
  })
}

export async function checkManifests(): Promise<Finding> {
  const tool = await pythonTool('kubernetes-validate')
  const problems: string[] = []
  let count = 0
  for (const overlay of OVERLAYS) {
    const manifests = (await buildOverlay(overlay)).filter(({ kind }) => !CUSTOM[String(kind)])
    count += manifests.length
    const list = manifests.map((manifest) => JSON.stringify(manifest)).join('\n---\n')
    for (const version of VERSIONS) {
      const args = ['--strict', '--quiet', '--kubernetes-version', version]
      await inFolder(async (work) => {
        const file = write(work, `${overlay}.yaml`, list)
        problems.push(...(await problemsOf(tool, [...args, file])))
      })
    }
  }
  const by = `kubernetes-validate ${await versionOf(tool, '--version')}, strict, Kubernetes ${VERSIONS.join(' and ')}`
  return { count, of: 'manifests', by, problems }
}

interface Model {
  validate(): void
}
type ModelClass = new (data: JsonObject) => Model

export async function checkCustomResources(): Promise<Finding> {
  const packages = await npmPackages()
  const problems: string[] = []
  const found: { kind: string; path: string; manifest: JsonObject }[] = []
  for (const overlay of OVERLAYS) {
    for (const manifest of await buildOverlay(overlay)) {
      const kind = String(manifest['kind'])
      const path = CUSTOM[kind]
      if (path) found.push({ kind, path, manifest })
    }
  }
  for (const { kind, path, manifest } of found) {
    const file = pathToFileURL(join(packages, path)).href
    const Model = ((await import(file)) as Record<string, ModelClass>)[kind]
    if (!Model) throw new Error(`${path} has no ${kind}`)
    try {
      new Model(manifest).validate()
    } catch (error) {
      problems.push(`${kind} ${nameOf(manifest)}: ${String(error)}`)
    }
  }
  // Their schemas let unknown words pass, as the cluster does, which then forgets them; the types don't.
  const typed = found.map(
    ({ kind, path, manifest }, i) =>
      `import type { I${kind} as T${i} } from '${path.slice(0, -3)}'\nexport const a${i}: T${i} = ${JSON.stringify(manifest, null, 1)}\n`,
  )
  const file = write(join(packages, '..'), 'custom-resources.ts', typed.join(''))
  const tsc = join(root, 'node_modules/typescript7/bin/tsc')
  const flags = [
    '--ignoreConfig',
    '--noEmit',
    '--skipLibCheck',
    '--module',
    'nodenext',
    '--target',
    'esnext',
  ]
  problems.push(...(await problemsOf(process.execPath, [tsc, ...flags, '--types', '', file])))
  const by = '@kubernetes-models (deploy/tools), as schema and as types'
  return { count: found.length, of: 'custom resources', by, problems }
}

/** What no schema knows: that what they say of each other is true, and that nothing runs with rights. */
export async function checkCluster(): Promise<Finding> {
  const problems: string[] = []
  let count = 0
  for (const overlay of OVERLAYS) {
    const manifests = await buildOverlay(overlay)
    const pods = manifests.flatMap((manifest) => {
      const template = templateOf(manifest)
      return template
        ? [{ name: `${overlay}: ${String(manifest['kind'])} ${nameOf(manifest)}`, template }]
        : []
    })
    count += pods.length
    for (const { name, template } of pods)
      problems.push(...problemsOfPod(template).map((problem) => `${name}: ${problem}`))
    const labels = pods.map(({ template }) => part(part(template, 'metadata'), 'labels'))
    for (const manifest of manifests) {
      const wanted = selectorOf(manifest)
      if (!wanted) continue
      const hit = labels.some((has) =>
        Object.entries(wanted).every(([key, value]) => has[key] === value),
      )
      if (!hit)
        problems.push(`${overlay}: ${String(manifest['kind'])} ${nameOf(manifest)} selects no pod`)
    }
    const scaled = manifests.filter(({ kind }) => kind === 'ScaledObject')
    for (const manifest of scaled) {
      const target = part(part(manifest, 'spec'), 'scaleTargetRef')['name']
      const found = manifests.some(
        (other) => other['kind'] === 'Deployment' && nameOf(other) === target,
      )
      if (!found)
        problems.push(`${overlay}: ${nameOf(manifest)} scales ${String(target)}, which there isn't`)
    }
  }
  return { count, of: 'pod templates: rights, probes, limits, selectors', problems }
}

function templateOf(manifest: JsonObject): JsonObject | null {
  const spec = part(manifest, 'spec')
  const holder = manifest['kind'] === 'CronJob' ? part(part(spec, 'jobTemplate'), 'spec') : spec
  return isObject(holder['template']) ? holder['template'] : null
}

function selectorOf(manifest: JsonObject): JsonObject | null {
  const spec = part(manifest, 'spec')
  switch (manifest['kind']) {
    case 'Service':
      return part(spec, 'selector')
    case 'PodDisruptionBudget':
    case 'Deployment':
    case 'StatefulSet':
      return part(part(spec, 'selector'), 'matchLabels')
    case 'NetworkPolicy':
      return part(part(spec, 'podSelector'), 'matchLabels')
    default:
      return null
  }
}

function problemsOfPod(template: JsonObject): string[] {
  const spec = part(template, 'spec')
  const problems: string[] = []
  const pod = part(spec, 'securityContext')
  if (pod['runAsNonRoot'] !== true) problems.push('may run as root')
  if (part(pod, 'seccompProfile')['type'] !== 'RuntimeDefault') problems.push('no seccomp profile')
  if (spec['automountServiceAccountToken'] !== false) problems.push('gets a token of the cluster')
  const volumes = new Set(
    listAt(spec, 'volumes').map((volume) => part({ volume }, 'volume')['name']),
  )
  for (const container of listAt(spec, 'containers').filter(isObject)) {
    const own = part(container, 'securityContext')
    if (own['readOnlyRootFilesystem'] !== true) problems.push('writable root')
    if (own['allowPrivilegeEscalation'] !== false) problems.push('may gain rights')
    if (!listAt(part(own, 'capabilities'), 'drop').includes('ALL'))
      problems.push('keeps capabilities')
    const resources = part(container, 'resources')
    if (!part(resources, 'limits')['memory'] || !part(resources, 'requests')['cpu'])
      problems.push('no limit of memory, or no request')
    if (listAt(container, 'ports').length > 0 && !container['readinessProbe'])
      problems.push('listens without a readiness probe')
    if (!/:\d/.test(String(container['image'])))
      problems.push(`image without a version: ${String(container['image'])}`)
    // A StatefulSet's own volumes are made for it.
    for (const mount of listAt(container, 'volumeMounts').filter(isObject))
      if (!volumes.has(mount['name'] ?? null) && mount['name'] !== 'data')
        problems.push(`mounts ${String(mount['name'])}, which there isn't`)
  }
  return problems
}

function nameOf(manifest: JsonObject): string {
  return String(part(manifest, 'metadata')['name'])
}
