// Owns `petshop users`: makes staff and mends accounts from the shop's own machine, where nobody has to log in.
import { randomInt } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { Command, Option } from 'commander'
import { type App, openCore } from '../app.ts'
import type { Cause } from '../lib/cause.ts'
import { AppError, defineError } from '../lib/errors.ts'
import { type Role, ROLES } from '../lib/roles.ts'
import { EXIT } from '../lib/startup-error.ts'
import { findUserIdByUsername, NewUser, type User } from '../modules/users/index.ts'
import { validationError } from '../platform/http/validation-words.ts'
import { createValidator } from '../platform/validator.ts'

const noSuchAccount = defineError('NOT_FOUND', 404, {
  zh: '没有名为 {name} 的账号。',
  en: 'There is no account named {name}.',
})

interface CreateOptions {
  readonly username: string
  readonly email: string
  readonly role: Role
  readonly displayName?: string
  readonly passwordStdin?: boolean
}

export function usersCommand(): Command {
  return new Command('users')
    .description('Make accounts, reset passwords and second factors, disable and enable people')
    .addCommand(createCommand())
    .addCommand(resetCommand())
    .addCommand(secondFactorCommand())
    .addCommand(listCommand())
    .addCommand(activeCommand('disable', 'Shut an account out and end its sessions', false))
    .addCommand(activeCommand('enable', 'Let a disabled account log in again', true))
}

function createCommand(): Command {
  return new Command('create')
    .description('Make an account; without --password-stdin a password is made and printed once')
    .requiredOption('--username <name>')
    .requiredOption('--email <address>')
    .addOption(new Option('--role <role>').choices(ROLES).makeOptionMandatory())
    .option('--display-name <name>')
    .addOption(passwordStdin())
    .action((options: CreateOptions) =>
      run(async ({ app, cause }) => {
        const { username, email, role, displayName, passwordStdin } = options
        const password = await givenPassword(passwordStdin)
        const account = { username, email, role, password: password ?? randomPassword() }
        const input = { ...account, ...(displayName && { display_name: displayName }) }
        checkShape(input)
        const user = await app.users.createUser(input, cause)
        print(`Made ${role} ${user.username} (user ${user.user_id}).`)
        if (password === null) print(`Password: ${account.password}`)
      }),
    )
}

function resetCommand(): Command {
  return new Command('reset-password')
    .description('Give an account a new password and end its sessions')
    .argument('<name>', 'username')
    .addOption(passwordStdin())
    .action((name: string, options: { passwordStdin?: boolean }) =>
      run(async ({ app, cause }) => {
        const given = await givenPassword(options.passwordStdin)
        const password = given ?? randomPassword()
        checkShape({ username: name, email: 'any@example.com', role: 'customer', password })
        await app.users.resetPassword(await idOf(app, name), password, cause)
        print(`${name} has a new password; all sessions have ended.`)
        if (given === null) print(`Password: ${password}`)
      }),
    )
}

function secondFactorCommand(): Command {
  return new Command('reset-second-factor')
    .description(
      'Turn off the two-step login of somebody who lost their phone; ends their sessions',
    )
    .argument('<name>', 'username')
    .action((name: string) =>
      run(async ({ app, cause }) => {
        await app.users.resetSecondFactor(await idOf(app, name), cause)
        print(`${name} logs in with the password alone now; all sessions have ended.`)
      }),
    )
}

function listCommand(): Command {
  return new Command('list')
    .description('List the accounts')
    .addOption(new Option('--role <role>', 'only those with this role').choices(ROLES))
    .option('--json', 'one JSON list')
    .action((options: { json?: boolean; role?: Role }) =>
      run(async ({ app }) => {
        const users: User[] = []
        let cursor: string | undefined
        do {
          const filter = { role: options.role, limit: 100, cursor }
          const page = await app.users.listUsers(app.core.store.db, filter)
          users.push(...page.items)
          cursor = page.next_cursor ?? undefined
        } while (cursor !== undefined)
        if (options.json) return print(JSON.stringify(users, null, 2))
        for (const user of users) {
          const state = user.active ? 'active' : 'disabled'
          print([user.user_id, user.role, state, user.username, user.email].join('\t'))
        }
      }),
    )
}

function activeCommand(name: string, description: string, active: boolean): Command {
  return new Command(name)
    .description(description)
    .argument('<name>', 'username')
    .action((username: string) =>
      run(async ({ app, cause }) => {
        const user_id = await idOf(app, username)
        // Whoever may run this owns the machine, and with it the shop.
        await app.users.changeUser({ role: 'owner' }, user_id, { active }, cause)
        print(`${username} is ${active ? 'enabled' : 'disabled'}.`)
      }),
    )
}

function passwordStdin(): Option {
  return new Option('--password-stdin', 'read the password from standard input')
}

/** Opens the shop, works, closes it. What is refused is one sentence and exit code 1. */
async function run(work: (context: { app: App; cause: Cause }) => Promise<void>): Promise<void> {
  const app = await openCore()
  try {
    const cause = { actor_id: null, request_id: null, now: app.core.clock.now() }
    await work({ app, cause })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    process.stderr.write(`${error.text.en}\n`)
    process.exitCode = EXIT.failure
  } finally {
    await app.close()
  }
}

/** The same rules as over HTTP. @throws VALIDATION */
function checkShape(input: object): void {
  const validate = createValidator().compile(NewUser)
  if (!validate(input)) throw validationError(validate.errors ?? [], 'account')
}

async function idOf(app: App, username: string): Promise<number> {
  const user_id = await findUserIdByUsername(app.core.store.db, username)
  if (user_id === null) throw noSuchAccount({ params: { name: username } })
  return user_id
}

/** Standard input without its last line break; null when no password is given there. */
async function givenPassword(fromStdin: boolean | undefined): Promise<string | null> {
  return fromStdin ? (await text(process.stdin)).replace(/\r?\n$/, '') : null
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Four groups of four characters that nobody confuses: 79 bits. */
function randomPassword(): string {
  const group = () =>
    Array.from({ length: 4 }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('')
  return Array.from({ length: 4 }, group).join('-')
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
