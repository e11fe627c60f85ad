// `npm run check`: the quick part of the tests. Ends with 1 when a gate fails.
import { runGates } from './gates.ts'

const { failed } = await runGates()
process.exitCode = failed === 0 ? 0 : 1
