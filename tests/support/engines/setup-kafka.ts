// Owns that Kafka runs while the suites which need it do.
import { provideEngine } from './global-setup.ts'
import { startKafka } from './kafka.ts'

export default provideEngine('kafka', 'Kafka', () => startKafka())
