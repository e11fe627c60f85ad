// Owns what `npm test` must have run: a suite or an engine that ran no test fails the run.

/** The projects of vitest.config.ts. */
export const suites = ['unit', 'architecture', 'contract', 'flows', 'browser', 'faults']

/**
 * The drivers that this program claims to work with. A test belongs to one when a `describe` around it,
 * or its own name, has the engine in brackets: `describe('[sqlite] sequences', …)`.
 */
export const engines = ['sqlite', 'embedded']
