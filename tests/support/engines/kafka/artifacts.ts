// Owns the Kafka program for tests: Java, and the broker's jars from Maven Central, downloaded once.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

const POM = join(import.meta.dirname, 'pom.xml')
/** What Kafka 4 needs. */
const JAVA = 17
const MINUTE = 60_000
const OUTPUT = 64 * 1024 * 1024

export interface Artifacts {
  readonly java: string
  readonly classPath: string
}

/** The program, fetched and installed where it is missing; fails with the reason in plain words. */
export async function kafkaArtifacts(): Promise<Artifacts> {
  const java = await ensure(findJava, 'default-jre-headless', `Java ${JAVA} or newer is missing`)
  const pom = readFileSync(POM)
  const version = /<kafka.version>(.+)<\/kafka.version>/.exec(String(pom))?.[1]
  // Another pom is another program: the folder never changes once it is there.
  const hash = createHash('sha256').update(pom).digest('hex').slice(0, 8)
  const folder = join(cacheFolder(), `kafka-${version}-${hash}`)
  if (!existsSync(folder)) await download(folder)
  return { java, classPath: join(folder, '*') }
}

async function download(folder: string): Promise<void> {
  const mvn = await ensure(findMaven, 'maven', 'Maven is missing')
  const unfinished = `${folder}.${process.pid}`
  mkdirSync(unfinished, { recursive: true })
  try {
    await run(
      mvn,
      [
        ...['--batch-mode', '--quiet', '-Dstyle.color=never', '--file', POM],
        ...['dependency:copy-dependencies', '-DincludeScope=runtime'],
        `-DoutputDirectory=${unfinished}`,
      ],
      { timeout: 10 * MINUTE, maxBuffer: OUTPUT },
    )
    if (!existsSync(folder)) renameSync(unfinished, folder) // else somebody was faster
  } catch (error) {
    throw new Error(`Maven could not fetch it: ${lastWords(error)}`, { cause: error })
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

/** Looks for a program; where we may, installs Debian's package when there is none. */
async function ensure(
  find: () => Promise<string | undefined>,
  debianPackage: string,
  missing: string,
): Promise<string> {
  const found = await find()
  if (found) return found
  const byHand = `apt-get install -y ${debianPackage}`
  if (!existsSync('/usr/bin/apt-get')) throw new Error(missing)
  if (process.getuid?.() !== 0) throw new Error(`${missing}: run as root: ${byHand}`)

  console.log(`Installing ${debianPackage} for the tests with Kafka (once) …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', debianPackage]]) {
    await run('apt-get', args, { env, timeout: 10 * MINUTE, maxBuffer: OUTPUT }).catch(
      (error: unknown) => {
        throw new Error(`${missing} and ${byHand} failed: ${lastWords(error)}`, { cause: error })
      },
    )
  }
  const installed = await find()
  if (!installed) throw new Error(`${missing} even after ${byHand}`)
  return installed
}

async function findJava(): Promise<string | undefined> {
  const { JAVA_HOME } = process.env
  for (const java of [...(JAVA_HOME ? [join(JAVA_HOME, 'bin/java')] : []), 'java']) {
    const { stderr } = await run(java, ['-version'], { timeout: MINUTE }).catch(() => nothing)
    const version = /version "(\d+)/.exec(stderr)?.[1]
    if (Number(version) >= JAVA) return java
  }
  return undefined
}

async function findMaven(): Promise<string | undefined> {
  const { stdout } = await run('mvn', ['--version'], { timeout: MINUTE }).catch(() => nothing)
  return stdout ? 'mvn' : undefined
}

const nothing = { stdout: '', stderr: '' }

/** Where this system keeps what can be fetched again. */
function cacheFolder(): string {
  const { XDG_CACHE_HOME } = process.env
  const usual = process.platform === 'darwin' ? 'Library/Caches' : '.cache'
  return join(XDG_CACHE_HOME || join(homedir(), usual), 'petshop')
}

function lastWords(error: unknown): string {
  const { message, stdout = '', stderr = '' } = error as Error & Partial<typeof nothing>
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim())
  return lines.find((line) => line.includes('ERROR')) ?? lines.at(-1) ?? message
}
