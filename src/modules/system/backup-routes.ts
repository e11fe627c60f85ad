// Owns the routes of backups, for the owner: a file of the whole shop leaves the server only here.
import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { Done, oneItem, ref, toTimestamp } from '../../lib/wire.ts'
import type { BackupFile } from '../../platform/backup/folder.ts'
import { notFound } from '../../platform/http/errors.ts'
import { languageOf } from '../../platform/http/language.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import { type Backups, PROBLEMS } from './backup-actions.ts'
import { Backup, BackupList, BackupParams } from './backup-schema.ts'

const tags = ['system']
const config = { access: 'owner' as const }
const MEDIA_TYPE = 'application/vnd.sqlite3'

export function backupRoutes(app: HttpServer, backups: Backups, note: NoteBackup): void {
  app.addSchema(Backup)
  const present = (file: BackupFile, request: FastifyRequest): Backup => ({
    name: file.name,
    bytes: file.bytes,
    created_at: toTimestamp(file.created_at),
    state: file.state,
    problem: file.problem && PROBLEMS[file.problem][languageOf(request)],
    restore_command: `npm run petshop -- restore ${quoted(backups.pathOf(file.name))} --force`,
  })
  app.get(
    '/api/system/backups',
    {
      config,
      schema: {
        tags,
        summary: 'Backups on the server, newest first',
        response: answers(200, BackupList),
      },
    },
    async (request) => ({
      status: 'success' as const,
      items: backups.list().map((file) => present(file, request)),
      next_cursor: null,
      supported: backups.supported,
    }),
  )
  app.post(
    '/api/system/backups',
    {
      config,
      schema: {
        tags,
        summary: 'Begin a backup; it goes on by itself, and the list tells when it is ready',
        response: answers(202, oneItem(ref(Backup))),
      },
    },
    async (request, reply) => {
      const item = present(backups.start(request.now), request)
      await note(request, 'backup.made', item.name)
      return reply.code(202).send({ status: 'success' as const, item })
    },
  )
  fileRoutes(app, backups, note)
}

function fileRoutes(app: HttpServer, backups: Backups, note: NoteBackup): void {
  app.get(
    '/api/system/backups/:name',
    {
      config,
      schema: {
        tags,
        summary: 'The backup itself',
        params: BackupParams,
        response: {
          200: {
            description: 'A SQLite database',
            content: { [MEDIA_TYPE]: { schema: Type.Any() } },
          },
        },
      },
    },
    async (request, reply) => {
      const { name } = request.params
      const found = await backups.open(name)
      if (!found) throw notFound()
      reply
        .type(MEDIA_TYPE)
        .header('content-length', found.bytes)
        .header('content-disposition', `attachment; filename="${name}"`)
      if (request.method !== 'HEAD') {
        const noted = note(request, 'backup.downloaded', name)
        await noted.catch((error: unknown) =>
          found.file.close().finally(() => Promise.reject(error)),
        )
        return reply.send(found.file.createReadStream())
      }
      await found.file.close()
      // A stream: with no body at all its length would be said to be 0.
      return reply.send(Readable.from([]))
    },
  )
  app.delete(
    '/api/system/backups/:name',
    {
      config,
      schema: {
        tags,
        summary: 'Delete a backup, or the note of one that failed',
        params: BackupParams,
        response: answers(200, Done),
      },
    },
    async (request) => {
      if (!backups.remove(request.params.name)) throw notFound()
      await note(request, 'backup.deleted', request.params.name)
      return { status: 'success' as const }
    },
  )
}

/** In the audit log: a copy of the whole shop has been made, taken home, or removed. */
export type NoteBackup = (
  request: FastifyRequest,
  act: 'backup.made' | 'backup.downloaded' | 'backup.deleted',
  name: string,
) => Promise<void>

/** For a shell. */
function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`
}
