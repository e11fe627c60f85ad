// Owns the checks of the logs' way: Filebeat, Logstash, Elasticsearch, Kibana. Their programs are in no registry
// that is reached here, so what can be told is the form of the files and that they fit together.
import type { Finding } from './check.ts'
import {
  filesOf,
  isObject,
  type Json,
  type JsonObject,
  listAt,
  part,
  readYaml,
  stringsIn,
  textOf,
} from './files.ts'

export async function checkLogging(): Promise<Finding> {
  const problems: string[] = []
  const beats = 'deploy/logging/filebeat.yml'
  const filebeat = (await readYaml([beats])).get(beats)?.[0]
  if (listAt(filebeat, 'filebeat.inputs').length === 0) problems.push(`${beats}: no input`)

  const logstash = textOf('deploy/logging/logstash.conf')
    .replaceAll(/#.*$/gm, '')
    .replaceAll(/"[^"]*"/g, '""')
  for (const pair of ['{}', '[]', '()']) {
    const [opened, closed] = [...pair].map((sign) => logstash.split(sign).length)
    if (opened !== closed) problems.push(`logstash.conf: ${pair} don't match`)
  }
  const template = JSON.parse(textOf('deploy/logging/index-template.json')) as Json
  JSON.parse(textOf('deploy/logging/lifecycle.json'))
  const policy = part(part(template, 'template'), 'settings')['index.lifecycle.name']
  const setup = textOf('deploy/logging/setup.sh')
  if (!setup.includes(`_ilm/policy/${String(policy)} lifecycle.json`))
    problems.push(`setup.sh doesn't make the lifecycle ${String(policy)}`)
  const files = filesOf('deploy/logging/*')
  return { count: files.length, of: 'files of the logs: form, and that they fit', problems }
}

export function checkKibana(): Finding {
  const objects = textOf('deploy/logging/kibana.ndjson')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Json)
    .filter(isObject)
  const template = JSON.parse(textOf('deploy/logging/index-template.json')) as Json
  const mapped = fieldsOf(part(part(part(template, 'template'), 'mappings'), 'properties'))
  const there = new Set(
    objects.map((object) => `${String(object['type'])} ${String(object['id'])}`),
  )
  const problems = objects.flatMap((object) => {
    const missing = listAt(object, 'references')
      .filter(isObject)
      .map((it) => `${String(it['type'])} ${String(it['id'])}`)
      .filter((name) => !there.has(name))
      .map((name) => `refers to ${name}, which there isn't`)
    const fields = fieldsAsked(part(object, 'attributes')).filter((field) => !mapped.has(field))
    const wrong = [
      ...missing,
      ...fields.map((field) => `asks for ${field}, which the index doesn't have`),
    ]
    return wrong.map((problem) => `${String(object['id'])}: ${problem}`)
  })
  return { count: objects.length, of: 'saved objects of Kibana: references, fields', problems }
}

/** What lies in strings of JSON in strings, and in queries as `field : value`. */
function fieldsAsked(attributes: JsonObject): string[] {
  const asked = listAt(attributes, 'columns').map(String)
  for (const text of stringsIn(attributes)) {
    if (!text.startsWith('{') && !text.startsWith('[')) continue
    const inner = JSON.parse(text) as Json
    for (const [, field = ''] of JSON.stringify(inner).matchAll(/"field":"([^"]+)"/g))
      asked.push(field)
    const query = part(inner, 'query')['query']
    for (const [, field = ''] of String(query ?? '').matchAll(/([\w.@]+)\s*(?::|>=?|<=?)/g))
      asked.push(field)
  }
  return asked
}

/** As in `http.request.method`. */
function fieldsOf(properties: JsonObject, prefix = ''): Set<string> {
  return new Set(
    Object.entries(properties).flatMap(([name, field]) => {
      const inner = part(field, 'properties')
      const path = `${prefix}${name}`
      return Object.keys(inner).length > 0 ? [...fieldsOf(inner, `${path}.`)] : [path]
    }),
  )
}
