// Owns the wire types of the shop itself: its settings and the first-run setup.
import Type, { type Static } from 'typebox'
import { named, nullable, oneOf, strict } from '../../lib/wire.ts'

const ShopName = Type.String({
  minLength: 1,
  maxLength: 60,
  pattern: '^[^\\p{Cc}\\p{Cs}]*[^\\s\\p{C}][^\\p{Cc}\\p{Cs}]*$',
})
/** ISO 4217, as in `CNY`. */
const Currency = Type.String({ pattern: '^[A-Z]{3}$' })
/** The languages the pages can speak. */
const LANGUAGES = ['zh-CN', 'en'] as const
/** Those the shop offers; the first is what a newcomer's page speaks. */
const Languages = Type.Array(oneOf(LANGUAGES), { minItems: 1, maxItems: 2, uniqueItems: true })
const LogoUrl = nullable(Type.String({ maxLength: 500, pattern: '^(/|https://)' }))
/** As in `#1d6b57`; null for the pages' own green. */
const BrandColor = nullable(Type.String({ pattern: '^#[0-9a-f]{6}$' }))
/** Printed at the end of receipts; lines are kept. */
const ReceiptText = Type.String({ maxLength: 500, pattern: '^[^\\p{Cs}]*$' })
const Threshold = Type.Integer({ minimum: 0, maximum: 1_000_000 })
/** IANA zone, as in `Asia/Shanghai`. */
const TimeZone = Type.String({ minLength: 1, maxLength: 60 })

export const Settings = named(
  'Settings',
  Type.Object({
    /** Empty until the first run is done. */
    shop_name: Type.String(),
    currency: Currency,
    time_zone: TimeZone,
    /** Placed orders are confirmed by the system without anybody's hand. */
    auto_confirm: Type.Boolean(),
    /** Customers see how many are left; off, only in stock / low / sold out. */
    show_stock: Type.Boolean(),
    logo_url: LogoUrl,
    /** The pages' tints are made of it, light or dark enough to be read. */
    brand_color: BrandColor,
    /** What a new product's threshold is when nobody says another. */
    low_stock_threshold: Threshold,
    receipt_text: ReceiptText,
    languages: Languages,
    /** Staff without two-step login may do only what customers may. */
    staff_second_factor: Type.Boolean(),
  }),
)
export type Settings = Static<typeof Settings>

export const SettingsPatch = named(
  'SettingsPatch',
  Type.Object(
    {
      shop_name: Type.Optional(ShopName),
      currency: Type.Optional(Currency),
      time_zone: Type.Optional(TimeZone),
      auto_confirm: Type.Optional(Type.Boolean()),
      show_stock: Type.Optional(Type.Boolean()),
      logo_url: Type.Optional(LogoUrl),
      brand_color: Type.Optional(BrandColor),
      low_stock_threshold: Type.Optional(Threshold),
      receipt_text: Type.Optional(ReceiptText),
      languages: Type.Optional(Languages),
      staff_second_factor: Type.Optional(Type.Boolean()),
    },
    { ...strict, minProperties: 1 },
  ),
)
export type SettingsPatch = Static<typeof SettingsPatch>

/** What anybody may know of the shop before logging in. */
export const ShopInfo = named(
  'ShopInfo',
  Type.Object({
    shop_name: Type.String(),
    currency: Type.String(),
    time_zone: Type.String(),
    show_stock: Type.Boolean(),
    logo_url: LogoUrl,
    brand_color: BrandColor,
    receipt_text: ReceiptText,
    languages: Languages,
    /** True until the owner's account exists: the pages then show the first-run page. */
    setup_needed: Type.Boolean(),
    /** Can a forgotten password be set anew by mail? */
    password_reset: Type.Boolean(),
  }),
)
export type ShopInfo = Static<typeof ShopInfo>

export const SetupBody = named(
  'SetupBody',
  Type.Object(
    {
      /** The one-time code printed in the server's terminal. */
      code: Type.String({ minLength: 1, maxLength: 40 }),
      username: Type.String({
        minLength: 1,
        maxLength: 60,
        pattern: '^[^\\s\\p{C}]([^\\p{C}\\p{Zl}\\p{Zp}]*[^\\s\\p{C}])?$',
      }),
      email: Type.String({ format: 'email', maxLength: 254 }),
      password: Type.String({ minLength: 8, maxLength: 128 }),
      shop_name: ShopName,
      currency: Currency,
      time_zone: TimeZone,
    },
    strict,
  ),
)
export type SetupBody = Static<typeof SetupBody>
