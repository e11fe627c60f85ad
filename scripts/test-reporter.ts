// Owns what we keep of a Vitest run: each test's suite, name and end, written as JSON for test-report.ts.
import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node'

export type TestEnd = {
  suite: string
  file: string
  /** The names of the `describe`s around the test, then its own. */
  path: string[]
  state: 'passed' | 'failed' | 'skipped'
  /** Why it was skipped, if the test says so: `context.skip('no broker here')`. */
  note?: string | undefined
}

export type RunEnd = { tests: TestEnd[]; fileErrors: string[]; complete: boolean }

export default class JsonReporter implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    unhandled: readonly { message: string }[],
    reason: TestRunEndReason,
  ): void {
    const end: RunEnd = {
      tests: modules.flatMap(testsOf),
      fileErrors: [
        ...modules.flatMap(errorsOf),
        ...unhandled.map(({ message }) => `unhandled: ${message}`),
      ],
      complete: reason !== 'interrupted',
    }
    writeFileSync(process.env['TEST_REPORT'] ?? 'test-report.json', JSON.stringify(end))
  }
}

function testsOf(module: TestModule): TestEnd[] {
  return [...module.children.allTests()].map((test) => {
    const result = test.result()
    const path = [test.name]
    for (let at = test.parent; at.type === 'suite'; at = at.parent) path.unshift(at.name)
    return {
      suite: module.project.name,
      file: module.relativeModuleId,
      path,
      // A test that never ended (its worker died) has not passed.
      state: result.state === 'pending' ? 'failed' : result.state,
      note: result.state === 'skipped' ? result.note : undefined,
    }
  })
}

function errorsOf(module: TestModule): string[] {
  const suites = [...module.children.allSuites()]
  const broken = [module, ...suites].flatMap((part) => part.errors())
  return module.state() === 'pending' || module.state() === 'queued'
    ? [`${module.relativeModuleId}: did not end`]
    : broken.map(({ message }) => `${module.relativeModuleId}: ${message}`)
}
