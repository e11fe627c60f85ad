// `npm run verify:image`: builds both images as their recipes say, without Docker, and runs them: as root on Debian,
// with buildah and runc. Takes some minutes, mostly the first time. Ends with 1 when something isn't as it must be.
import { checkArchitectures } from './verify-image/architectures.ts'
import { checkRoles } from './verify-image/application.ts'
import { buildImages, checkSize } from './verify-image/build.ts'
import { stopAll } from './processes.ts'
import { type Check, runCommand } from './verify-deploy/check.ts'
import { checkFrontEnd } from './verify-image/front-end.ts'

const checks: readonly Check[] = [
  { name: 'build', run: buildImages },
  { name: 'size', run: checkSize },
  { name: 'roles', run: checkRoles },
  { name: 'front end', run: checkFrontEnd },
  { name: 'arm64', run: checkArchitectures },
]
await runCommand(checks, process.argv.slice(2), stopAll)
