// Owns how failures become answers: one shape, the caller's language, never a stack trace.
import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import type { ErrorObject } from 'ajv'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError, defineError } from '../../lib/errors.ts'
import type { Dialect } from '../db/dialect.ts'
import { storeAnswer } from '../db/failure-answers.ts'
import { languageOf } from './language.ts'
import { validationError } from './validation-words.ts'

export const notLoggedIn = defineError('NOT_LOGGED_IN', 401, {
  zh: '请先登录。',
  en: 'Please log in first.',
})
export const notAllowed = defineError('NOT_ALLOWED', 403, {
  zh: '您的账号没有这项权限。',
  en: 'Your account may not do this.',
})
export const secondFactorMissing = defineError('SECOND_FACTOR_MISSING', 403, {
  zh: '店主要求员工开启两步验证，请先在“我的账号”里开启。',
  en: 'The owner requires two-step login of staff; please turn it on at your account page first.',
})
export const notFound = defineError('NOT_FOUND', 404, { zh: '没有找到。', en: 'Not found.' })
const noSuchRoute = defineError('NO_SUCH_ROUTE', 404, {
  zh: '没有这个接口：{method} {path}。接口说明见 /api/docs。',
  en: 'There is no {method} {path}. The API is described at /api/docs.',
})
export const badJson = defineError('BAD_JSON', 400, {
  zh: '请求内容不是有效的 JSON。',
  en: 'The body is not valid JSON.',
})
const badRequest = defineError('BAD_REQUEST', 400, {
  zh: '请求格式不对。',
  en: 'The request is malformed.',
})
const tooLarge = defineError('BODY_TOO_LARGE', 413, {
  zh: '请求内容太大。',
  en: 'The body is too large.',
})
const wrongMediaType = defineError('WRONG_MEDIA_TYPE', 415, {
  zh: '请用 Content-Type: application/json 发送。',
  en: 'Send it with Content-Type: application/json.',
})
const internal = defineError('INTERNAL', 500, {
  zh: '系统出错了，我们已记录。请求编号：{request_id}',
  en: 'Something went wrong and was logged. Request: {request_id}',
})

export function useErrorAnswers(app: FastifyInstance, dialect: Dialect): void {
  app.setErrorHandler((error, request, reply) => {
    return sendError(reply, request, explain(error, request, dialect))
  })
}

/** What a caller is told of any failure; those that nobody foresaw are logged. */
export function explain(error: unknown, request: FastifyRequest, dialect: Dialect): AppError {
  const known = translate(error, request, dialect)
  if (known.status === 500) {
    const { method, routeOptions } = request
    request.log.error({ error, method, route: routeOptions.url }, 'request failed')
  }
  return known
}

/** For requests that never become one, such as an address that cannot be decoded. */
export function sendUnreadable(
  _error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  void sendError(reply, request, badRequest())
}

/** For bytes that aren't HTTP: there is no request yet, and no language. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const { code, text } = badRequest()
  const message = `${text.zh} ${text.en}`
  const body = JSON.stringify({
    status: 'error',
    error: { code, message, request_id: randomUUID() },
  })
  // The other side may never close its half.
  socket.once('finish', () => socket.destroy())
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}

export function sendNoSuchRoute(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = request.url.split('?')[0] ?? ''
  const error = noSuchRoute({ params: { method: request.method, path: path.slice(0, 200) } })
  return sendError(reply, request, error)
}

function translate(error: unknown, request: FastifyRequest, dialect: Dialect): AppError {
  if (error instanceof AppError) return error
  return storeAnswer(error, dialect) ?? translateFastify(error as FastifyError, request)
}

function translateFastify(error: FastifyError, request: FastifyRequest): AppError {
  if (error.validation) {
    return validationError(error.validation as ErrorObject[], error.validationContext ?? 'body')
  }
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return tooLarge()
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return wrongMediaType()
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return badJson()
  }
  if (error instanceof SyntaxError && error.statusCode === 400) return badJson()
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return badRequest()
  }
  return internal({ params: { request_id: request.id } })
}

function sendError(reply: FastifyReply, request: FastifyRequest, error: AppError): FastifyReply {
  if (error.retryAfter !== undefined) reply.header('retry-after', Math.ceil(error.retryAfter))
  // Serialized here: a route's own response schema must not decide what a failure looks like.
  return reply
    .code(error.status)
    .header('content-type', 'application/json; charset=utf-8')
    .serializer((value: unknown) => JSON.stringify(value))
    .send(failureBody(error, request))
}

/** The envelope of every failure, in the caller's language. */
export function failureBody(error: AppError, request: FastifyRequest) {
  return {
    status: 'error',
    error: {
      code: error.code,
      message: error.text[languageOf(request)],
      ...(error.details === undefined ? {} : { details: error.details }),
      request_id: request.id,
    },
  }
}
