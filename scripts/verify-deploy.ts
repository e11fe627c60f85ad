// `npm run verify:deploy`: everything about deploy/ that can be told without starting it. Ends with 1 when a check
// fails. Programs that are missing are installed (scripts/verify-deploy/tools.ts). `-- nginx Grafana`: only these.
import { type Check, runCommand } from './verify-deploy/check.ts'
import {
  checkComposeReferences,
  checkComposeSchema,
  checkDockerfiles,
} from './verify-deploy/containers.ts'
import { checkLinks, checkRunbooks } from './verify-deploy/documents.ts'
import { checkHeaders } from './verify-deploy/headers.ts'
import { checkCluster, checkCustomResources, checkManifests } from './verify-deploy/kubernetes.ts'
import { checkKibana, checkLogging } from './verify-deploy/logging.ts'
import {
  checkAlertmanager,
  checkDashboards,
  checkPrometheusConfig,
  checkRules,
  checkRuleTests,
  checkScalers,
} from './verify-deploy/monitoring.ts'
import { checkPipelines, checkSteps, checkVersions, checkYaml } from './verify-deploy/pipelines.ts'
import {
  checkApache,
  checkNginx,
  checkRedis,
  checkScripts,
  checkSupervisor,
  checkSystemd,
} from './verify-deploy/servers.ts'

const checks: readonly Check[] = [
  { name: 'YAML', run: checkYaml },
  { name: 'images', run: checkDockerfiles },
  { name: 'compose: schema', run: checkComposeSchema },
  { name: 'compose: references', run: checkComposeReferences },
  { name: 'Kubernetes: schema', run: checkManifests },
  { name: 'Kubernetes: custom resources', run: checkCustomResources },
  { name: 'Kubernetes: pods', run: checkCluster },
  { name: 'Kubernetes: scalers', run: checkScalers },
  { name: 'nginx', run: checkNginx },
  { name: 'Apache', run: checkApache },
  { name: 'security headers', run: checkHeaders },
  { name: 'systemd', run: checkSystemd },
  { name: 'Supervisor', run: checkSupervisor },
  { name: 'Redis', run: checkRedis },
  { name: 'scripts', run: checkScripts },
  { name: 'Prometheus: configuration', run: checkPrometheusConfig },
  { name: 'Prometheus: rules', run: checkRules },
  { name: 'Prometheus: tests of rules', run: checkRuleTests },
  { name: 'Alertmanager', run: checkAlertmanager },
  { name: 'Grafana', run: checkDashboards },
  { name: 'logs', run: checkLogging },
  { name: 'Kibana', run: checkKibana },
  { name: 'pipelines: schema', run: checkPipelines },
  { name: 'pipelines: steps', run: checkSteps },
  { name: 'versions', run: checkVersions },
  { name: 'runbooks', run: checkRunbooks },
  { name: 'links', run: checkLinks },
]
await runCommand(checks, process.argv.slice(2))
