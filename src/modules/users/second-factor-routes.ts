// Owns the HTTP side of the second factor: one's own, and the owner's help for whoever lost theirs.
import Type from 'typebox'
import { Done, Id, oneItem, ref, strict, toTimestampOrNull } from '../../lib/wire.ts'
import { callerOf, causeOf } from '../../platform/http/access.ts'
import { notFound } from '../../platform/http/errors.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import type { UsersContext } from './context.ts'
import {
  Enrolment,
  PasswordAndCode,
  PasswordProof,
  RecoveryCodes,
  SecondFactor,
  SecondFactorCode,
} from './second-factor-schema.ts'
import {
  beginEnrolment,
  confirmEnrolment,
  removeSecondFactor,
  renewRecoveryCodes,
  resetSecondFactor,
} from './second-factor-actions.ts'
import { findSecondFactor, listRecoveryHashes } from './second-factor-store.ts'
import { findUser } from './store.ts'

const tags = ['users']
const config = { access: 'customer' } as const
const success = { status: 'success' } as const

export function secondFactorRoutes(app: HttpServer, ctx: UsersContext): void {
  const schemas = [
    Enrolment,
    PasswordAndCode,
    PasswordProof,
    RecoveryCodes,
    SecondFactor,
    SecondFactorCode,
  ]
  for (const schema of schemas) app.addSchema(schema)
  enrolmentRoutes(app, ctx)
  codeRoutes(app, ctx)
  removalRoutes(app, ctx)
}

function enrolmentRoutes(app: HttpServer, ctx: UsersContext): void {
  app.get(
    '/api/me/second-factor',
    {
      config,
      schema: {
        tags,
        summary: 'Is two-step login on, and how many recovery codes are left',
        response: answers(200, oneItem(ref(SecondFactor))),
      },
    },
    async (request) => ({ ...success, item: await statusOf(ctx, callerOf(request).user_id) }),
  )
  app.post(
    '/api/me/second-factor',
    {
      config,
      schema: {
        tags,
        summary: 'Make a secret for an authenticator app; it counts once a code is shown',
        body: ref(PasswordProof),
        response: answers(201, oneItem(ref(Enrolment))),
      },
    },
    async (request, reply) => {
      const { current_password } = request.body
      const caller = callerOf(request)
      const item = await beginEnrolment(ctx, caller, current_password, causeOf(request))
      return reply.code(201).send({ ...success, item })
    },
  )
}

/** What both answer is never shown again. */
function codeRoutes(app: HttpServer, ctx: UsersContext): void {
  const response = answers(200, oneItem(ref(RecoveryCodes)))
  const shown = (codes: readonly string[]) => ({ ...success, item: { recovery_codes: [...codes] } })
  app.put(
    '/api/me/second-factor',
    {
      config,
      schema: {
        tags,
        summary: 'Turn two-step login on with a code of the app; all other sessions end',
        description: 'The recovery codes in the answer are never shown again.',
        body: ref(SecondFactorCode),
        response,
      },
    },
    async (request) => {
      const { code } = request.body
      return shown(await confirmEnrolment(ctx, callerOf(request), code, causeOf(request)))
    },
  )
  app.put(
    '/api/me/second-factor/recovery-codes',
    {
      config,
      schema: {
        tags,
        summary: 'New recovery codes; the old ones count no more',
        body: ref(PasswordAndCode),
        response,
      },
    },
    async (request) =>
      shown(await renewRecoveryCodes(ctx, callerOf(request), request.body, causeOf(request))),
  )
}

function removalRoutes(app: HttpServer, ctx: UsersContext): void {
  app.put(
    '/api/me/second-factor/removal',
    {
      config,
      schema: {
        tags,
        summary: 'Turn two-step login off, with password and code; all other sessions end',
        body: ref(PasswordAndCode),
        response: answers(200, Done),
      },
    },
    async (request) => {
      await removeSecondFactor(ctx, callerOf(request), request.body, causeOf(request))
      return success
    },
  )
  app.delete(
    '/api/users/:user_id/second-factor',
    {
      config: { access: 'owner' },
      schema: {
        tags,
        summary: "Turn off somebody's two-step login who lost their phone; all their sessions end",
        params: Type.Object({ user_id: Id }, strict),
        response: answers(200, Done),
      },
    },
    async (request) => {
      await resetSecondFactor(ctx, callerOf(request), request.params.user_id, causeOf(request))
      return success
    },
  )
}

async function statusOf(ctx: UsersContext, user_id: number) {
  const { db } = ctx.core.store
  const user = await findUser(db, user_id)
  if (!user) throw notFound()
  const factor = await findSecondFactor(db, user_id)
  const on = user.second_factor === 1
  return {
    on,
    since: toTimestampOrNull(on ? (factor?.confirmed_at ?? null) : null),
    recovery_codes_left: on ? (await listRecoveryHashes(db, user_id)).length : 0,
    required_of_staff: await ctx.secondFactorRequired(),
  }
}
