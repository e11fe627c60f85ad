// Owns finding and reading the files of deploy/.
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { must, pythonTool, root } from './tools.ts'

/** Relative to the repository, sorted. */
export function filesOf(...patterns: string[]): string[] {
  return globSync(patterns, { cwd: root }).sort()
}

export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
export type JsonObject = { [name: string]: Json }

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value's own part of that name if it is an object, else an empty one. */
export function part(value: Json | undefined, name: string): JsonObject {
  const found = isObject(value) ? value[name] : undefined
  return isObject(found) ? found : {}
}

export function listAt(value: Json | undefined, name: string): Json[] {
  const found = isObject(value) ? value[name] : undefined
  return Array.isArray(found) ? found : []
}

/** Every string in it, at any depth. */
export function* stringsIn(value: Json): Generator<string> {
  if (typeof value === 'string') yield value
  else if (Array.isArray(value)) for (const item of value) yield* stringsIn(item)
  else if (isObject(value)) for (const item of Object.values(value)) yield* stringsIn(item)
}

// YAML as Python reads it: anchors and merges resolved, GitLab's own tags as plain values.
const TO_JSON = `
import json, sys, yaml
class Loader(yaml.SafeLoader): pass
Loader.add_multi_constructor('!', lambda loader, tag, node: None)
print(json.dumps([list(yaml.load_all(open(path, encoding='utf8'), Loader)) for path in sys.argv[1:]], default=str))`

/** The documents of each file. @throws naming the file and line that isn't YAML */
export async function readYaml(paths: readonly string[]): Promise<Map<string, Json[]>> {
  const output = await must(await pythonTool('python'), [
    '-c',
    TO_JSON,
    ...paths.map((path) => join(root, path)),
  ])
  const documents = JSON.parse(output) as Json[][]
  return new Map(paths.map((path, i) => [path, documents[i] ?? []]))
}

/** A folder for the time of `work`. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'petshop-verify-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export function write(folder: string, name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
