// Owns how an event is named in the texts.
import type { WebhookKind } from '../../../../src/lib/webhook-kinds.ts'

type KindKey<Kind extends string> = Kind extends `${infer Of}.${infer What}`
  ? `${Of}_${What}`
  : never

/** i18next takes a dot for a step into the texts. */
export function keyOfKind<Kind extends WebhookKind>(kind: Kind): KindKey<Kind> {
  return kind.replace('.', '_') as KindKey<Kind>
}
