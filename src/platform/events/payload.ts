// Owns reading an event's payload: checked against its schema, so that a bad message is known as one.
import type { ValidateFunction } from 'ajv'
import type { Static, TSchema } from 'typebox'
import type { EventDefinition, RecordedEvent } from '../../lib/events.ts'
import { createValidator } from '../validator.ts'
import { Permanent } from './consumer.ts'

const ajv = createValidator()
const validators = new WeakMap<EventDefinition, ValidateFunction>()

/** @throws Permanent when the payload is not what the definition promises */
export function readPayload<T extends TSchema>(
  definition: EventDefinition<T>,
  event: RecordedEvent,
): Static<T> {
  let validator = validators.get(definition)
  if (!validator) {
    validator = ajv.compile(definition.payload)
    validators.set(definition, validator)
  }
  if (event.version !== definition.version || !validator(event.payload)) {
    throw new Permanent(`${event.type} v${event.version}: the payload is not as promised`)
  }
  return event.payload as Static<T>
}
