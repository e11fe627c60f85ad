// Owns sending a picture to the server, with how far it has come.
import { type ApiError, networkFailure, refusalOf } from '../api.ts'
import { currentLanguage } from '../i18n.ts'

interface Upload {
  /** Called with a part from 0 to 1. */
  readonly onProgress: (part: number) => void
  readonly signal: AbortSignal
}

export interface StoredPicture {
  readonly image_url: string
  readonly width: number
  readonly height: number
  readonly bytes: number
}

/** By XMLHttpRequest: fetch doesn't tell how much has been sent. @throws ApiError, AbortError */
export function uploadPicture(file: Blob, { onProgress, signal }: Upload): Promise<StoredPicture> {
  return new Promise((resolve, reject: (reason: ApiError | DOMException) => void) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/pictures')
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('accept-language', currentLanguage())
    request.setRequestHeader('content-type', file.type)
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onerror = () => reject(networkFailure())
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    request.onload = () => {
      const answer = parsed(request.responseText)
      if (request.status === 201) resolve((answer as { item: StoredPicture }).item)
      else reject(refusalOf(request.status, answer))
    }
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
