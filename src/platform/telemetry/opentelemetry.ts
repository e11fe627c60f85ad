// Owns OpenTelemetry: the only file that knows it, loaded only when traces are on.
import { setTimeout as pause } from 'node:timers/promises'
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Span as OtelSpan,
} from '@opentelemetry/api'
import { parseTraceParent } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources'
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import type { Span, SpanKind as Kind, Tracing, TracingSettings } from './tracing.ts'

const KINDS: Readonly<Record<Kind, SpanKind>> = {
  server: SpanKind.SERVER,
  internal: SpanKind.INTERNAL,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
}
const SAMPLED = 1
/** For the last spans, when the program ends. */
const PATIENCE_MS = 2000

export function createTracing(settings: TracingSettings): Tracing {
  const provider = new TracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': settings.serviceName }))
      .merge(detectResources({ detectors: [envDetector] })),
    sampler: samplerOf(settings),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ url: settings.url }),
        scheduledDelayMillis: settings.delayMs,
      }),
    ],
  })
  const tracer = provider.getTracer('petshop')
  const begin: Tracing['begin'] = (name, kind, parent, facts = {}) => {
    const caller = parent === undefined ? null : parseTraceParent(parent)
    const context = caller
      ? trace.setSpanContext(ROOT_CONTEXT, { ...caller, isRemote: true })
      : ROOT_CONTEXT
    return toSpan(tracer.startSpan(name, { kind: KINDS[kind], attributes: facts }, context))
  }
  return {
    begin,
    beginEach(name, kind, of, facts) {
      const spans = of.flatMap(({ traceparent }) =>
        traceparent === undefined ? [] : begin(name, kind, traceparent, facts),
      )
      return (failed = false) => spans.forEach((span) => span.end({ failed }))
    },
    // A collector that is away must not keep the program from ending.
    async close() {
      const sent = provider.shutdown().catch(() => undefined)
      await Promise.race([sent, pause(PATIENCE_MS, undefined, { ref: false })])
    },
  }
}

function toSpan(span: OtelSpan): Span {
  const { traceId, spanId, traceFlags } = span.spanContext()
  const sampled = (traceFlags & SAMPLED) === SAMPLED
  return {
    traceId,
    traceparent: sampled ? `00-${traceId}-${spanId}-01` : undefined,
    end({ failed = false, facts = {} } = {}) {
      span.setAttributes(facts)
      if (failed) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
    },
  }
}

/** As OTEL_TRACES_SAMPLER names them. */
function samplerOf({ sampler, ratio }: TracingSettings): Sampler {
  switch (sampler) {
    case 'always_on':
      return new AlwaysOnSampler()
    case 'always_off':
      return new AlwaysOffSampler()
    case 'traceidratio':
      return new TraceIdRatioBasedSampler(ratio)
    case 'parentbased_always_on':
      return new ParentBasedSampler({ root: new AlwaysOnSampler() })
    case 'parentbased_always_off':
      return new ParentBasedSampler({ root: new AlwaysOffSampler() })
    case 'parentbased_traceidratio':
      return new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) })
  }
}
