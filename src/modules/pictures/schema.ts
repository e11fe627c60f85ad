// Owns the wire types of pictures.
import Type, { type Static } from 'typebox'
import { named, strict } from '../../lib/wire.ts'

/** What is known of a picture that was taken in. `image_url` goes into a product or the settings. */
export const Picture = named(
  'Picture',
  Type.Object({
    image_url: Type.String(),
    width: Type.Integer(),
    height: Type.Integer(),
    bytes: Type.Integer(),
  }),
)
export type Picture = Static<typeof Picture>

export const PictureName = Type.Object(
  { name: Type.String({ maxLength: 80, pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$' }) },
  strict,
)

/** As the request carries it; what counts is what is inside. */
export const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/bmp'] as const
