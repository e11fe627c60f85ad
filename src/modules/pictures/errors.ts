// Owns what can be wrong with a picture, in words for people.
import { type AppError, defineError } from '../../lib/errors.ts'
import { MAX_PIXELS, MAX_SIDE, type PictureRefusal } from './rules.ts'

/** For whatever isn't sent as a picture, or isn't one that is taken. */
export const wrongPictureType = defineError('WRONG_MEDIA_TYPE', 415, {
  zh: '请上传 JPEG、PNG、WebP 或 BMP 格式的图片。',
  en: 'Send a picture in one of these formats: JPEG, PNG, WebP, BMP.',
})
const svgRefused = defineError('WRONG_MEDIA_TYPE', 415, {
  zh: 'SVG 可能含有程序，不能上传。请先导出为 PNG 再上传。',
  en: 'An SVG may contain programs and is not taken. Export it as PNG and send that.',
})
export const uploadTooLarge = defineError('BODY_TOO_LARGE', 413, {
  zh: '图片文件太大，最多 10 MiB。请压缩后再上传。',
  en: 'The picture file is larger than 10 MiB. Make it smaller and send it again.',
})
export const pictureUnreadable = defineError('PICTURE_UNREADABLE', 400, {
  zh: '这张图片读不出来：文件可能不完整或已损坏。',
  en: 'This picture cannot be read: the file may be damaged or cut off.',
})
export const pictureUnknown = defineError('PICTURE_UNKNOWN', 400, {
  zh: '{field}：这张图片不在店里（可能已被删除），请重新上传。',
  en: '{field}: the shop has no such picture (any more); upload it again.',
})
const pictureTooLarge = defineError('PICTURE_TOO_LARGE', 400, {
  zh: `图片有 {width} × {height} 像素，太大。每边最多 ${MAX_SIDE} 像素，总共最多 ${MAX_PIXELS / 1e6} 百万像素。`,
  en: `The picture has {width} × {height} pixels. At most ${MAX_SIDE} a side and ${MAX_PIXELS / 1e6} megapixels in all are taken.`,
})
export const picturesBusy = defineError('PICTURES_BUSY', 503, {
  zh: '正在处理的图片太多，请稍后再试。',
  en: 'Too many pictures are being worked on; please try again in a moment.',
})

export function refusalError(refusal: PictureRefusal): AppError {
  switch (refusal.refusal) {
    case 'svg':
      return svgRefused()
    case 'format':
      return wrongPictureType()
    case 'unreadable':
      return pictureUnreadable()
    case 'too_large': {
      const { width, height } = refusal.size
      return pictureTooLarge({ params: { width, height }, details: { width, height } })
    }
  }
}
