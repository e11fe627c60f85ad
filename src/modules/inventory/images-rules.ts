// Owns a product's pictures as one list: the first is its face, the others follow in their order, none twice.

/** As a row keeps them: the first apart, as files and older versions know it. */
export interface KeptImages {
  readonly image_url?: string | null
  /** JSON; a cache may hold a product of before there was such a thing. */
  readonly more_images?: string | null
}

export interface ImageChange {
  readonly image_url?: string | null
  readonly image_urls?: readonly string[]
}

/** All pictures, the first first. */
export function imagesOf({ image_url, more_images }: KeptImages): string[] {
  const more = more_images ? (JSON.parse(more_images) as readonly string[]) : []
  return [...new Set([image_url, ...more])].filter((url) => typeof url === 'string')
}

/** Those beside the first: what `more_images` holds. */
export function furtherImages(row: KeptImages): string[] {
  return imagesOf(row).filter((url) => url !== row.image_url)
}

/** `image_urls` sets all of them; `image_url` alone changes the first, and leaves the others. */
export function imagesAfter(before: KeptImages, change: ImageChange): Required<KeptImages> {
  const { image_urls, image_url } = change
  if (image_urls) return keep(image_urls)
  if (image_url === undefined) return keep(imagesOf(before))
  return keep([...(image_url === null ? [] : [image_url]), ...furtherImages(before)])
}

/** Both at once must agree on which is the first. */
export function imagesDisagree({ image_url, image_urls }: ImageChange): boolean {
  return image_url !== undefined && !!image_urls && (image_urls[0] ?? null) !== image_url
}

function keep(urls: readonly string[]): Required<KeptImages> {
  const [image_url = null, ...more] = [...new Set(urls)]
  return { image_url, more_images: more.length > 0 ? JSON.stringify(more) : null }
}
