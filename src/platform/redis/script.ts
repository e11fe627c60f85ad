// Owns running Lua scripts: sent once, then called by their digest; a server that forgot one gets it again.
import { createHash } from 'node:crypto'
import type { RedisClient } from './line.ts'

export interface Script {
  readonly text: string
  readonly digest: string
}

export function defineScript(text: string): Script {
  return { text, digest: createHash('sha1').update(text).digest('hex') }
}

/** Runs atomically. @returns the script's number */
export async function runScript(
  client: RedisClient,
  script: Script,
  keys: string[],
  values: readonly (string | number)[],
): Promise<number> {
  const options = { keys, arguments: values.map(String) }
  try {
    return Number(await client.evalSha(script.digest, options))
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error
    return Number(await client.eval(script.text, options))
  }
}
