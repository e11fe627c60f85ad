// Owns the HTTP side of importing products: a file as it is or from a form, with progress for those who want it.
import { PassThrough } from 'node:stream'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { defineError } from '../../lib/errors.ts'
import { ref } from '../../lib/wire.ts'
import type { Dialect } from '../../platform/db/dialect.ts'
import { causeOf } from '../../platform/http/access.ts'
import { explain, failureBody } from '../../platform/http/errors.ts'
import { languageOf } from '../../platform/http/language.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import type { Importer, ImportOutcome } from './import-actions.ts'
import { ImportChange, ImportProblem, ImportQuery, ImportReport } from './schema.ts'

const MAX_BYTES = 50 * 1024 * 1024
/** How often somebody who watches hears how far it is. */
const PROGRESS_MS = 200

const importInvalid = defineError('IMPORT_INVALID', 400, {
  zh: '文件里有 {count} 处错误，没有导入任何内容。',
  en: 'The file has {count} errors; nothing was imported.',
})
const fileMissing = defineError('FILE_MISSING', 400, {
  zh: '表单里没有文件。',
  en: 'The form holds no file.',
})
const formUnreadable = defineError('BAD_REQUEST', 400, {
  zh: '表单格式不对：请只上传一个文件。',
  en: 'The form is malformed: send one file.',
})
const fileTooLarge = defineError('BODY_TOO_LARGE', 413, {
  zh: '文件太大：最多 50 MB，请分成几个文件。',
  en: 'The file is too large: at most 50 MB; split it.',
})
const wrongFileType = defineError('WRONG_MEDIA_TYPE', 415, {
  zh: '请用 Content-Type: text/csv 发送文件，或用 multipart/form-data 上传。',
  en: 'Send the file with Content-Type: text/csv, or as multipart/form-data.',
})
const FILE = { schema: Type.Unsafe<Uint8Array>({ type: 'string', format: 'binary' }) }

export function importRoutes(app: HttpServer, dialect: Dialect, importer: Importer): void {
  for (const schema of [ImportProblem, ImportChange, ImportReport]) app.addSchema(schema)
  // In a scope of its own: only this route takes anything but JSON.
  void app.register(async (scope: HttpServer) => {
    await takeFilesOnly(scope)
    importRoute(scope, dialect, importer)
  })
}

function importRoute(scope: HttpServer, dialect: Dialect, importer: Importer): void {
  const { validatorCompiler } = scope
  scope.post(
    '/api/inventory/import',
    {
      config: { access: 'manager' },
      bodyLimit: MAX_BYTES,
      // The file has no fields to be checked; its rows are, one by one.
      validatorCompiler: (part) =>
        part.httpPart === 'body' || !validatorCompiler ? () => true : validatorCompiler(part),
      schema: {
        tags: ['stock'],
        summary: 'Import products from CSV: our own format, or a product export from Shopify',
        description:
          'At most 50 MiB. A dry run tells what would happen, errors included, and writes nothing. With errors a real run writes nothing either: IMPORT_INVALID, with the report as details. With `Accept: application/x-ndjson` lines of progress come first, and the report or the failure last.',
        querystring: ImportQuery,
        body: { content: { 'text/csv': FILE, 'multipart/form-data': FILE } },
        response: answers(200, ref(ImportReport)),
      },
    },
    async (request, reply) => {
      const { dry_run = false } = request.query
      const bytes = await fileOf(request)
      const cause = causeOf(request)
      const common = { bytes, dryRun: dry_run, cause, language: languageOf(request) }
      const signal = hangUpSignal(reply)
      if (request.headers.accept?.includes('application/x-ndjson')) {
        const failureOf = (error: unknown) => failureBody(explain(error, request, dialect), request)
        return sendWithProgress(reply, failureOf, (onProgress) =>
          importer({ ...common, signal, onProgress }),
        )
      }
      try {
        return reportOf(await importer({ ...common, signal }))
      } catch (error) {
        if (!signal.aborted) throw error
        // Nobody is there to be answered.
        return reply.hijack()
      }
    },
  )
}

function reportOf({ report, refused }: ImportOutcome): ImportReport {
  if (report.dry_run || !refused) return report
  const { status: _, ...details } = report
  throw importInvalid({ details, params: { count: report.error_count } })
}

async function takeFilesOnly(scope: FastifyInstance): Promise<void> {
  const { default: multipart } = await import('@fastify/multipart')
  scope.removeAllContentTypeParsers()
  await scope.register(multipart, {
    limits: { files: 1, fields: 10, fieldSize: 1000, parts: 11, fileSize: MAX_BYTES },
  })
  scope.addContentTypeParser<Buffer>(
    /^text\/csv\b/,
    { parseAs: 'buffer' },
    (_request, body, done) => done(null, body),
  )
  scope.setErrorHandler<FastifyError>((error) => {
    if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') throw wrongFileType()
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') throw fileTooLarge()
    throw error
  })
}

async function fileOf(request: FastifyRequest): Promise<Uint8Array> {
  const { body } = request
  if (body instanceof Uint8Array) return body
  if (!request.isMultipart()) throw wrongFileType()
  let bytes: Uint8Array | null = null
  try {
    for await (const part of request.files()) bytes = await part.toBuffer()
  } catch (error) {
    const { code } = error as FastifyError
    throw code === 'FST_REQ_FILE_TOO_LARGE' ? fileTooLarge() : formUnreadable()
  }
  if (!bytes) throw fileMissing()
  return bytes
}

/** Aborted when the caller hangs up before the answer is complete. */
function hangUpSignal(reply: FastifyReply): AbortSignal {
  const controller = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort()
  })
  return controller.signal
}

type OnProgress = (done: number, total: number) => void

/** One JSON object a line: how far it is, and in the end the report or the failure. */
function sendWithProgress(
  reply: FastifyReply,
  failureOf: (error: unknown) => object,
  work: (onProgress: OnProgress) => Promise<ImportOutcome>,
): FastifyReply {
  const lines = new PassThrough()
  const write = (line: object) => void lines.write(`${JSON.stringify(line)}\n`)
  let shownAt = -Infinity
  const onProgress: OnProgress = (done, total) => {
    const now = performance.now()
    if (now - shownAt < PROGRESS_MS) return
    shownAt = now
    write({ status: 'working', done, total })
  }
  work(onProgress)
    .then(reportOf)
    .catch((error: unknown) => {
      if (error instanceof Error && error.name === 'AbortError') throw error
      return failureOf(error)
    })
    .then((last) => {
      write(last)
      lines.end()
    })
    // Who hung up is told nothing.
    .catch(() => lines.destroy())
  return reply
    .type('application/x-ndjson; charset=utf-8')
    .header('x-accel-buffering', 'no')
    .send(lines)
}
