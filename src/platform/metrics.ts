// Owns what the program counts of itself, in Prometheus' form.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = ReturnType<typeof createMetrics>

/** From a read of one row in memory to a statement that waits for a lock. */
const QUERY_SECONDS = [0.00002, 0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5]
const REQUEST_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

export function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    registry,
    requests: new Histogram({
      name: 'petshop_http_request_seconds',
      help: 'Time from a request to its answer',
      labelNames: ['method', 'route', 'status'],
      buckets: REQUEST_SECONDS,
      registers,
    }),
    ordersPlaced: new Counter({
      name: 'petshop_orders_placed_total',
      help: 'Orders placed, by channel',
      labelNames: ['channel'],
      registers,
    }),
    orderValue: new Counter({
      name: 'petshop_order_value_minor_total',
      help: 'Worth of orders in minor units of the currency, by what happened: placed, paid, refunded, cancelled',
      labelNames: ['happened', 'currency'],
      registers,
    }),
    orderMoves: new Counter({
      name: 'petshop_order_moves_total',
      help: 'Orders that somebody moved along: confirmation, shipment, payment and so on',
      labelNames: ['action'],
      registers,
    }),
    ordersOpen: new Gauge({
      name: 'petshop_orders_open',
      help: 'Orders that are under way, by status; beyond 100,000 nobody counts',
      labelNames: ['status'],
      registers,
    }),
    products: new Gauge({
      name: 'petshop_products',
      help: 'Products on sale, by the state of their stock',
      labelNames: ['stock_status'],
      registers,
    }),
    ordersRefused: new Counter({
      name: 'petshop_orders_refused_total',
      help: 'Orders refused, by reason',
      labelNames: ['reason'],
      registers,
    }),
    orderBatchSize: new Histogram({
      name: 'petshop_order_batch_size',
      help: 'Orders that shared one transaction',
      buckets: [1, 2, 4, 8, 16, 32, 64, 128],
      registers,
    }),
    orderBatchSeconds: new Histogram({
      name: 'petshop_order_batch_seconds',
      help: 'Time a batch of orders took, its commit included',
      buckets: REQUEST_SECONDS,
      registers,
    }),
    orderQueueAge: new Gauge({
      name: 'petshop_order_queue_age_seconds',
      help: 'How long the oldest waiting order has waited',
      registers,
    }),
    orderQueueWaiting: new Gauge({
      name: 'petshop_order_queue_waiting',
      help: 'Orders that wait for their transaction',
      registers,
    }),
    backlog: new Gauge({
      name: 'petshop_consumer_backlog',
      help: "Events that a consumer group hasn't done yet",
      labelNames: ['group', 'stream'],
      registers,
    }),
    outboxUnsent: new Gauge({
      name: 'petshop_outbox_unsent',
      help: "Events that the relay hasn't shipped yet",
      registers,
    }),
    deadLetters: new Gauge({
      name: 'petshop_dead_letters',
      help: 'Deliveries given up, waiting for somebody to replay them',
      labelNames: ['group'],
      registers,
    }),
    deliveries: new Counter({
      name: 'petshop_deliveries_total',
      help: 'Events handed to a consumer group, by outcome',
      labelNames: ['group', 'outcome'],
      registers,
    }),
    consumerSeconds: new Histogram({
      name: 'petshop_consumer_batch_seconds',
      help: 'Time a consumer took for one batch',
      labelNames: ['group'],
      buckets: REQUEST_SECONDS,
      registers,
    }),
    sseClients: new Gauge({
      name: 'petshop_sse_clients',
      help: 'Pages that listen for live notifications',
      registers,
    }),
    brokerUp: unknownYet(
      new Gauge({
        name: 'petshop_broker_up',
        help: 'Whether the event log outside of the database answers; absent without one',
        registers,
      }),
    ),
    streamLength: new Gauge({
      name: 'petshop_stream_length',
      help: 'Entries that the event log keeps',
      labelNames: ['stream'],
      registers,
    }),
    streamDead: new Gauge({
      name: 'petshop_stream_dead',
      help: 'Dead letters that the event log keeps as copies',
      labelNames: ['stream'],
      registers,
    }),
    groupLag: new Gauge({
      name: 'petshop_group_lag',
      help: 'Events of the event log that were not handed to the group yet',
      labelNames: ['group'],
      registers,
    }),
    groupPending: new Gauge({
      name: 'petshop_group_pending',
      help: 'Events that were handed to the group and are not acknowledged',
      labelNames: ['group'],
      registers,
    }),
    cacheReads: new Counter({
      name: 'petshop_cache_reads_total',
      help: 'Entries asked for, by cache and outcome (hit, miss, error)',
      labelNames: ['cache', 'outcome'],
      registers,
    }),
    redisCallSeconds: new Histogram({
      name: 'petshop_redis_call_seconds',
      help: "Round trips to Redis on the serving path; the event log's own are not among them",
      buckets: [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.3, 1],
      registers,
    }),
    redisCallsFailed: new Counter({
      name: 'petshop_redis_calls_failed_total',
      help: "Calls that Redis didn't answer",
      registers,
    }),
    backgroundLag: new Gauge({
      name: 'petshop_background_eventloop_lag_seconds',
      help: 'Longest stand-still of the background thread since the last look; 0 without such a thread',
      registers,
    }),
    backgroundHeap: new Gauge({
      name: 'petshop_background_heap_bytes',
      help: 'Memory in use by the background thread; 0 without such a thread',
      registers,
    }),
    storeUp: unknownYet(
      new Gauge({
        name: 'petshop_store_up',
        help: 'Whether the database told in time what the other gauges of the store show',
        registers,
      }),
    ),
    querySeconds: new Histogram({
      name: 'petshop_database_query_seconds',
      help: 'Time of a statement, waiting for a connection not included; of kind `point` every 16th is measured',
      labelNames: ['engine', 'kind'],
      buckets: QUERY_SECONDS,
      registers,
    }),
    storeBytes: unknownYet(
      new Gauge({
        name: 'petshop_sqlite_bytes',
        help: 'Size of the database file',
        registers,
      }),
    ),
    walBytes: unknownYet(
      new Gauge({
        name: 'petshop_sqlite_wal_bytes',
        help: 'Size of the write-ahead log',
        registers,
      }),
    ),
    checkpointSeconds: new Histogram({
      name: 'petshop_sqlite_checkpoint_seconds',
      help: 'Time to write the write-ahead log back into the file and to empty it, once a minute',
      buckets: [0.001, 0.01, 0.1, 0.5, 1, 5],
      registers,
    }),
    lockWait: new Histogram({
      name: 'petshop_sqlite_lock_wait_seconds',
      help: 'How long a writer waited for its turn',
      buckets: [0.0001, 0.001, 0.01, 0.1, 1, 5],
      registers,
    }),
  }
}

/** Without a value until it gets one: a shop that has no such thing must not show 0. */
function unknownYet(gauge: Gauge): Gauge {
  gauge.remove()
  return gauge
}
