// Owns the HTTP side of a forgotten password: asking for a link, and setting a new password with it.
import type { FastifyRequest } from 'fastify'
import { Done, ref } from '../../lib/wire.ts'
import { causeOf } from '../../platform/http/access.ts'
import { languageOf } from '../../platform/http/language.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import type { UsersContext } from './context.ts'
import { askForReset, resetByLink } from './resets-actions.ts'
import { PasswordReset, ResetRequest } from './second-factor-schema.ts'

const tags = ['users']

export function resetRoutes(app: HttpServer, ctx: UsersContext): void {
  for (const schema of [ResetRequest, PasswordReset]) app.addSchema(schema)

  app.post(
    '/api/password-reset',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'Ask for a mail with a link to a new password',
        description:
          'The answer is the same whether or not there is such an account, and so is the time it takes.',
        body: ref(ResetRequest),
        response: answers(202, Done),
      },
    },
    async (request, reply) => {
      await askForReset(ctx, request.body.username, fromOf(request), causeOf(request))
      return reply.code(202).send({ status: 'success' })
    },
  )

  app.put(
    '/api/password-reset',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: "Set a new password with a mail's link; all sessions of the account end",
        description: 'The link works once, for half an hour. It does not log anybody in.',
        body: ref(PasswordReset),
        response: answers(200, Done),
      },
    },
    async (request) => {
      await resetByLink(ctx, request.body, fromOf(request), causeOf(request))
      return { status: 'success' as const }
    },
  )
}

function fromOf(request: FastifyRequest) {
  return { address: request.ip, language: languageOf(request) }
}
