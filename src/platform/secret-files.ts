// Owns reading secrets from files, as Docker, Kubernetes and systemd hand them in: what is in the environment can
// be seen by everybody who may look at the process.
import { readFileSync } from 'node:fs'
import type { Environment } from './settings.ts'

/** Each may be given as `NAME_FILE`, the path of a file that has it. */
export const SECRETS = [
  'DATABASE_URL',
  'PETSHOP_BACKUP_S3_SECRET',
  'PETSHOP_DEMO_PASSWORD',
  'PETSHOP_METRICS_TOKEN',
  'PETSHOP_SECRET_KEY',
  'PETSHOP_SMTP_PASSWORD',
  'REDIS_URL',
] as const

export interface WithSecrets {
  readonly env: Environment
  readonly problems: readonly string[]
}

/** The environment with the files' contents in it. What is wrong names the file, never what is in it. */
export function readSecretFiles(env: Environment): WithSecrets {
  const found: Record<string, string | undefined> = { ...env }
  const problems: string[] = []
  for (const name of SECRETS) {
    const path = env[`${name}_FILE`]?.trim()
    if (!path) continue
    if (env[name]?.trim()) {
      problems.push(`${name}_FILE=${path}: ${name} is given too; leave one of them out`)
      continue
    }
    try {
      const text = readFileSync(path, 'utf8').trim()
      if (text === '') problems.push(`${name}_FILE=${path}: is empty`)
      found[name] = text
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      problems.push(`${name}_FILE=${path}: cannot be read (${code})`)
    }
  }
  return { env: found, problems }
}
