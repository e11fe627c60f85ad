// Owns saying in words what is wrong with what came from outside.
import type { ErrorObject } from 'ajv'
import { type AppError, defineError } from '../../lib/errors.ts'

const invalid = defineError('VALIDATION', 400, {
  zh: '{field}：{problem_zh}',
  en: '{field}: {problem_en}',
})

interface Problem {
  readonly field: string
  readonly zh: string
  readonly en: string
}

/** Turns a schema's complaint into an error that names the field and says what to do. */
export function validationError(errors: readonly ErrorObject[], part: string): AppError {
  const problem = describe(errors[0], part)
  return invalid({
    params: { field: problem.field, problem_zh: problem.zh, problem_en: problem.en },
    details: [{ field: problem.field, problem: problem.en }],
  })
}

function describe(error: ErrorObject | undefined, part: string): Problem {
  if (!error) return { field: part, zh: '内容不合要求', en: 'is not valid' }
  const params = error.params as Record<string, unknown>
  const at = pathOf(error.instancePath)
  const inside = (name: unknown) => (at ? `${at}.${String(name)}` : String(name))
  switch (error.keyword) {
    case 'required':
      return { field: inside(params['missingProperty']), zh: '必填', en: 'is required' }
    case 'additionalProperties':
      return {
        field: inside(params['additionalProperty']),
        zh: '没有这个字段，请去掉',
        en: 'is not a known field; leave it out',
      }
    default:
      return { field: at || part, ...sentence(error, params) }
  }
}

function sentence(error: ErrorObject, params: Record<string, unknown>): { zh: string; en: string } {
  const limit = String(params['limit'])
  switch (error.keyword) {
    case 'type':
      // Of several types the first is the one that is meant; null is allowed besides.
      return typeSentence(String([params['type']].flat()[0]))
    case 'minimum':
      return { zh: `不能小于 ${limit}`, en: `must be at least ${limit}` }
    case 'maximum':
      return { zh: `不能大于 ${limit}`, en: `must be at most ${limit}` }
    case 'minLength':
      return { zh: `至少 ${limit} 个字符`, en: `must have at least ${limit} characters` }
    case 'maxLength':
      return { zh: `最多 ${limit} 个字符`, en: `must have at most ${limit} characters` }
    case 'minItems':
      return { zh: `至少 ${limit} 项`, en: `must have at least ${limit} entries` }
    case 'maxItems':
      return { zh: `最多 ${limit} 项`, en: `must have at most ${limit} entries` }
    case 'minProperties':
      return { zh: '至少填写一个字段', en: 'must have at least one field' }
    case 'enum': {
      const values = (params['allowedValues'] as unknown[]).join(', ')
      return { zh: `只能是：${values}`, en: `must be one of: ${values}` }
    }
    case 'format':
      return formatSentence(String(params['format']))
    case 'pattern':
      return {
        zh: '含有不允许的字符或格式不对',
        en: 'has characters or a form that is not allowed',
      }
    default:
      return { zh: '内容不合要求', en: error.message ?? 'is not valid' }
  }
}

function typeSentence(type: string): { zh: string; en: string } {
  const names: Record<string, { zh: string; en: string }> = {
    integer: { zh: '必须是整数', en: 'must be a whole number' },
    number: { zh: '必须是数字', en: 'must be a number' },
    string: { zh: '必须是文字', en: 'must be a text' },
    boolean: { zh: '必须是 true 或 false', en: 'must be true or false' },
    array: { zh: '必须是列表', en: 'must be a list' },
    object: { zh: '必须是 JSON 对象', en: 'must be a JSON object' },
  }
  return names[type] ?? { zh: '类型不对', en: `must be ${type}` }
}

function formatSentence(format: string): { zh: string; en: string } {
  switch (format) {
    case 'email':
      return { zh: '不是有效的邮箱地址', en: 'is not an e-mail address' }
    case 'date-time':
      return {
        zh: '必须是 ISO 8601 时间，例如 2026-01-31T08:00:00Z',
        en: 'must be an ISO 8601 time, for example 2026-01-31T08:00:00Z',
      }
    default:
      return { zh: `必须是 ${format} 格式`, en: `must be in ${format} form` }
  }
}

/** `/items/0/quantity` → `items[0].quantity`. */
function pathOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce(
      (path, step) => (/^\d+$/.test(step) ? `${path}[${step}]` : path ? `${path}.${step}` : step),
      '',
    )
}
