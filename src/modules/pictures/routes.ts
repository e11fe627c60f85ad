// Owns the HTTP side of pictures: taken from managers in any common format, shown to everybody for ever.
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify'
import Type from 'typebox'
import { oneItem, ref } from '../../lib/wire.ts'
import type { Core } from '../../platform/module.ts'
import { notFound } from '../../platform/http/errors.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import { type PicturesContext, takePicture } from './actions.ts'
import { uploadTooLarge, wrongPictureType } from './errors.ts'
import { etagOf, isKnown, MAX_UPLOAD_BYTES } from './rules.ts'
import { Picture, PICTURE_TYPES, PictureName } from './schema.ts'
import { findPicture } from './store.ts'

const YEAR_S = 365 * 24 * 3600
/** An SVG is a document: opened by itself it must not run anything. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'"

export function pictureRoutes(app: HttpServer, { store }: Core, ctx: PicturesContext): void {
  app.addSchema(Picture)
  // In a scope of its own: only this route takes anything but JSON.
  void app.register(async (scope: HttpServer) => uploadRoute(scope, ctx))

  app.get(
    '/pictures/:name',
    { config: { access: 'public' }, schema: { hide: true, params: PictureName } },
    async (request, reply) => {
      const { name } = request.params
      const row = await findPicture(store.db, name)
      if (!row) throw notFound()
      keepForEver(reply, name)
      if (isKnown(request.headers['if-none-match'], name)) return reply.code(304).send()
      return reply.type(row.content_type).send(row.content)
    },
  )
}

/** The name stands for the content. */
function keepForEver(reply: FastifyReply, name: string): void {
  void reply
    .header('cache-control', `public, max-age=${YEAR_S}, immutable`)
    .header('etag', etagOf(name))
    .header('content-security-policy', POLICY)
}

/** As OpenAPI 3.1 describes a body that is a file: nothing is said of what is in it. */
const FILE = { schema: Type.Unsafe<Uint8Array>({}) }

function uploadRoute(scope: HttpServer, ctx: PicturesContext): void {
  takePicturesOnly(scope)
  scope.post(
    '/api/pictures',
    {
      config: { access: 'manager' },
      bodyLimit: MAX_UPLOAD_BYTES,
      // There are no fields to be checked: the bytes are, by what is in them.
      validatorCompiler: () => () => true,
      schema: {
        tags: ['stock'],
        summary: 'Take in a picture, for a product or the logo',
        description:
          'The body is the file. It is checked, turned upright, made at most 1200 pixels a side and kept as WebP, without metadata. One that no product names is deleted after a day.',
        body: { content: Object.fromEntries(PICTURE_TYPES.map((type) => [type, FILE])) },
        response: answers(201, oneItem(ref(Picture))),
      },
    },
    async (request, reply) => {
      const { body } = request
      if (!(body instanceof Uint8Array) || body.length === 0) throw wrongPictureType()
      const item = await takePicture(ctx, body, request.now)
      return reply.code(201).send({ status: 'success', item })
    },
  )
}

/** What the header says is not believed: whatever is called an image, or nothing in particular, is looked at. */
function takePicturesOnly(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser<Buffer>(
    /^(?:image\/|application\/octet-stream)/,
    { parseAs: 'buffer' },
    (_request, body, done) => done(null, body),
  )
  scope.setErrorHandler<FastifyError>((error) => {
    if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') throw wrongPictureType()
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') throw uploadTooLarge()
    throw error
  })
}
