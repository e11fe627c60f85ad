// Shows `petshop users` as a script sees it: what it prints, and its exit codes.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import { createPasswords } from '../platform/passwords.ts'
import { openFolder } from '../../tests/support/open-folder.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'petshop-test-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

const program = `
  import { usersCommand } from ${JSON.stringify(join(import.meta.dirname, 'users.ts'))}
  await usersCommand().parseAsync(process.argv.slice(1), { from: 'user' })`

async function petshopUsers(args: string[], input = '') {
  const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', program]
  const child = spawn(process.execPath, [...flags, '--', ...args], {
    env: { ...process.env, PETSHOP_DATA_DIR: dataDir, PETSHOP_LOG_LEVEL: 'silent' },
  })
  child.stdin.end(input)
  const ended = once(child, 'exit')
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [status] = await ended
  return { status, stdout, stderr }
}

async function opens(username: string, password: string): Promise<boolean> {
  const store = await openFolder(dataDir)
  const row = await store.db
    .selectFrom('users')
    .select('password')
    .where('username', '=', username)
    .executeTakeFirstOrThrow()
  await store.close()
  return createPasswords().verify(row.password, password)
}

test('staff are made with a printed or a given password, listed, disabled and enabled', async () => {
  const owner = ['--role', 'owner', '--username', '老板', '--email', 'boss@example.com']
  const made = await petshopUsers(['create', ...owner])
  expect(made).toMatchObject({ status: 0, stderr: '' })
  expect(made.stdout).toContain('Made owner 老板 (user 1).')
  expect(await opens('老板', /Password: (\S+)/.exec(made.stdout)![1]!)).toBe(true)

  const clerk = ['--role', 'clerk', '--username', 'anna', '--email', 'anna@example.com']
  const given = await petshopUsers(['create', ...clerk, '--password-stdin'], 'four blue parrots\n')
  expect(given).toEqual({ status: 0, stdout: 'Made clerk anna (user 2).\n', stderr: '' })
  expect(await opens('anna', 'four blue parrots')).toBe(true)

  const list = JSON.parse((await petshopUsers(['list', '--json'])).stdout)
  expect(list.map((user: { username: string }) => user.username)).toEqual(['老板', 'anna'])
  expect(JSON.stringify(list)).not.toContain('argon2')

  expect((await petshopUsers(['disable', 'ANNA'])).status).toBe(0)
  const clerks = await petshopUsers(['list', '--role', 'clerk'])
  expect(clerks.stdout).toBe('2\tclerk\tdisabled\tanna\tanna@example.com\n')

  const reset = await petshopUsers(['reset-password', 'anna'])
  expect(await opens('anna', /Password: (\S+)/.exec(reset.stdout)![1]!)).toBe(true)
  expect(await opens('anna', 'four blue parrots')).toBe(false)
})

test('what is refused is one sentence and exit code 1', async () => {
  const anna = ['--username', 'Ａnna', '--email', 'new@example.com']
  const refusals: [string[], string, string][] = [
    [['create', '--role', 'clerk', ...anna], '', 'username: this name is taken'],
    [['reset-password', 'anna', '--password-stdin'], 'short', 'password: must have at least 8'],
    [['disable', 'nobody'], '', 'There is no account named nobody.'],
    [['disable', '老板'], '', 'This is the last owner'],
  ]
  const answers = await Promise.all(refusals.map(([args, input]) => petshopUsers(args, input)))
  for (const [i, { status, stdout, stderr }] of answers.entries()) {
    expect([status, stdout, stderr]).toEqual([1, '', expect.stringContaining(refusals[i]![2])])
    expect(stderr.trim().split('\n')).toHaveLength(1)
  }
})
