// Owns the HTTP side of the shop itself: what everybody may know, the owner's settings, the first run.
import { oneItem, ref } from '../../lib/wire.ts'
import { causeOf, isSameOrigin } from '../../platform/http/access.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import { answerLogin, deviceOf, LoginAnswer } from '../users/index.ts'
import { changeSettings } from './actions.ts'
import { Settings, SettingsPatch, SetupBody, ShopInfo } from './schema.ts'
import { type SetupContext, setUpWithCode } from './setup-actions.ts'

const tags = ['shop']

export function shopRoutes(app: HttpServer, ctx: SetupContext): void {
  for (const schema of [Settings, SettingsPatch, ShopInfo, SetupBody]) app.addSchema(schema)

  app.get(
    '/api/shop',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'What anybody may know of the shop',
        response: answers(200, oneItem(ref(ShopInfo))),
      },
    },
    async () => {
      const { auto_confirm, low_stock_threshold, staff_second_factor, ...known } =
        await ctx.cache.get()
      const setup_needed = (await ctx.code.read()) !== null
      const password_reset = ctx.core.config.mail !== null
      return { status: 'success' as const, item: { ...known, setup_needed, password_reset } }
    },
  )

  app.get(
    '/api/settings',
    {
      config: { access: 'owner' },
      schema: { tags, summary: 'The settings', response: answers(200, oneItem(ref(Settings))) },
    },
    async () => ({ status: 'success' as const, item: await ctx.cache.get() }),
  )

  app.patch(
    '/api/settings',
    {
      config: { access: 'owner' },
      schema: {
        tags,
        summary: 'Change settings; the currency only before the first order',
        body: ref(SettingsPatch),
        response: answers(200, oneItem(ref(Settings))),
      },
    },
    async (request) => ({
      status: 'success' as const,
      item: await changeSettings(ctx, request.body, causeOf(request)),
    }),
  )

  app.post(
    '/api/setup',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: "Make the owner's account and the shop's settings, once",
        description:
          "Needs the one-time code from the server's terminal. A browser is logged in by cookie; a program gets the token.",
        body: ref(SetupBody),
        response: answers(201, ref(LoginAnswer)),
      },
    },
    async (request, reply) => {
      const loggedIn = await setUpWithCode(ctx, request.body, deviceOf(request), causeOf(request))
      const answer = answerLogin(request, reply, loggedIn, isSameOrigin(request))
      return reply.code(201).send(answer)
    },
  )
}
