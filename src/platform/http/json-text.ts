// Owns answers that are JSON already.
import type { FastifyReply } from 'fastify'

/** Sends a text as it is; that it is what the route's schema says is the caller's promise. */
export function sendJsonText(reply: Pick<FastifyReply, 'header'>, text: string) {
  return reply.header('content-type', 'application/json; charset=utf-8').send(text)
}
