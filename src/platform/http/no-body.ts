// Owns routes that need no body: they take none or `{}`, and anything else is told to be a mistake.
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { strict } from '../../lib/wire.ts'

export const NoBody = Type.Object({}, strict)

/** Before the validation: a missing body is an empty one. */
export async function allowNoBody(request: Pick<FastifyRequest, 'body'>): Promise<void> {
  request.body ??= {}
}
