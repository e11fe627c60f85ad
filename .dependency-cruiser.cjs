// Owns the import rules: who may import whom. tests/architecture plants a violation of each.
//
// A file of a module has the role of its name: `store.ts` and `refunds-store.ts` are stores. A file
// with none of the role names is a helper: it stands between rules and store.
const roles = ['schema', 'rules', 'helper', 'store', 'actions', 'routes', 'consumers', 'index']
const named = roles.filter((role) => role !== 'helper')
const inModule = '^src/modules/([^/]+)/'
const role = (...names) => `.*\\b(?:${names.join('|')})\\.ts$`
const test = '\\.test\\.tsx?$'
// Resolved packages lie in node_modules; a type-only or missing one keeps its bare name.
const npm = (...names) => `(?:^|node_modules/)(?:${names.join('|')})(?:/|$)`
const composition = '^src/(?:app|main|program)\\.[tj]s$|^src/(?:cli|demo)/'

/** No file of this role imports one of a role right of it. */
function onlyLeftward(name) {
  const right = roles.slice(roles.indexOf(name) + 1)
  // Routes and consumers stand side by side: neither imports the other.
  if (name === 'consumers') right.push('routes')
  const helpers = right.includes('helper') ? [`^src/modules/$1/(?!${role(...named)})`] : []
  return {
    name: 'module-leftward',
    comment: 'schema ← rules ← (helper) ← store ← actions ← routes | consumers ← index',
    from:
      name === 'helper'
        ? { path: `${inModule}.+\\.ts$`, pathNot: [role(...named), test] }
        : { path: inModule + role(name), pathNot: test },
    to: { path: [`^src/modules/$1/${role(...right.filter((r) => r !== 'helper'))}`, ...helpers] },
  }
}

const forbidden = [
  {
    name: 'no-cycles',
    comment: 'Types may refer to each other; code may not.',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'import-exists',
    comment: 'The file or package cannot be found.',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'server-packages-are-dependencies',
    comment:
      'The server runs without devDependencies; Vite and the like stay in scripts and tests.',
    from: { path: '^(?:src|migrations)/', pathNot: test },
    to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'server-stays-in-src',
    comment: 'The server knows nothing of pages, scripts and tests.',
    from: { path: '^(?:src|migrations)/', pathNot: test },
    to: { path: ['^(?:web|scripts|tests|bench|deploy)/', test] },
  },

  // 1. lib ← platform ← modules
  {
    name: 'lib-imports-nothing-of-ours',
    comment: 'lib ← platform ← modules',
    from: { path: '^src/lib/' },
    to: { path: '^(?:src|migrations|web)/', pathNot: '^src/lib/' },
  },
  {
    name: 'lib-does-no-io',
    comment: 'What is in lib computes; files, sockets and processes belong to platform.',
    from: { path: '^src/lib/', pathNot: test },
    to: {
      path: '^(?:node:)?(?:fs|net|http|http2|https|tls|dgram|dns|child_process|worker_threads|cluster|sqlite|readline)(?:/|$)',
      dependencyTypes: ['core'],
    },
  },
  {
    name: 'platform-knows-no-module',
    comment: 'Platform imports lib and itself; of the tables only their types.',
    from: { path: '^src/platform/', pathNot: test },
    to: { path: '^src/', pathNot: '^src/(?:platform|lib)/|^src/tables(?:\\.ts$|/)' },
  },
  {
    name: 'tables-are-types',
    comment: 'tables.ts names the types of all tables: it runs no code and is imported as a type.',
    from: { path: '^src/(?:platform/|modules/|tables)', pathNot: test },
    to: { path: '^src/tables(?:\\.ts$|/)', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'tables-are-types',
    from: { path: '^src/tables(?:\\.ts$|/)' },
    to: { path: '.', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'migrations-stand-alone',
    comment:
      'A migration does tomorrow what it does today: it uses no code that changes with a module.',
    from: { path: '^migrations/\\d' },
    to: { path: '^(?:src|migrations)/', pathNot: '^src/(?:lib|platform/db)/' },
  },

  // 2, 3. Inside a module
  ...roles.slice(0, -1).map(onlyLeftward),
  {
    name: 'rules-are-pure',
    comment:
      'Schema and rules import schema, rules and lib; no package (schema: TypeBox), no node:*.',
    from: { path: inModule + role('schema', 'rules'), pathNot: test },
    to: {
      path: '.',
      pathNot: [`^src/modules/$1/${role('schema', 'rules')}`, '^src/lib/', npm('typebox')],
    },
  },
  {
    name: 'rules-are-pure',
    comment: 'TypeBox reaches rules through schema.',
    from: { path: inModule + role('rules'), pathNot: test },
    to: { path: npm('typebox') },
  },

  // 4. Module to module
  {
    name: 'module-through-index',
    comment: 'A module shows itself through index.ts only (its tables to tables.ts, as types).',
    from: { path: `${inModule}`, pathNot: test },
    to: { path: inModule, pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/index\\.ts$'] },
  },
  {
    name: 'module-through-index',
    from: { path: '^src/', pathNot: ['^src/modules/', '^src/tables(?:\\.ts$|/)', test] },
    to: { path: inModule, pathNot: '^src/modules/[^/]+/index\\.ts$' },
  },
  {
    name: 'module-direction',
    comment: 'orders → inventory → users; never back.',
    from: { path: '^src/modules/inventory/', pathNot: test },
    to: { path: '^src/modules/orders/' },
  },
  {
    name: 'module-direction',
    from: { path: '^src/modules/(?:users|shop)/', pathNot: test },
    to: { path: '^src/modules/(?:orders|inventory)/' },
  },
  {
    name: 'nobody-imports-notifications',
    comment: 'Notifications and reports follow from events; only the composition knows them.',
    from: {
      path: '^src/',
      pathNot: [
        composition,
        '^src/tables(?:\\.ts$|/)',
        '^src/modules/notifications/',
        '^src/modules/reports/',
        test,
      ],
    },
    to: { path: '^src/modules/(?:notifications|reports)/' },
  },
  {
    name: 'nobody-imports-notifications',
    from: { path: '^src/modules/(notifications|reports)/', pathNot: test },
    to: { path: '^src/modules/(?:notifications|reports)/', pathNot: '^src/modules/$1/' },
  },
  {
    name: 'nobody-imports-composition',
    comment:
      'app, main, cli and demo put the parts and the migrations together; no part knows them.',
    from: { path: '^src/(?:lib|platform|modules)/|^src/tables(?:\\.ts$|/)', pathNot: test },
    to: { path: [composition, '^migrations/'] },
  },

  // 5. SQL and HTTP stay at home
  {
    name: 'kysely-only-in-stores',
    comment: 'SQL is written in stores, platform/db, platform/events and migrations; types too.',
    from: {
      path: '^(?:src|web)/',
      pathNot: [
        inModule + role('store'),
        '^src/platform/(?:db|events)/',
        '^src/tables(?:\\.ts$|/)',
        test,
      ],
    },
    to: { path: npm('kysely') },
  },
  {
    name: 'database-drivers-only-in-platform',
    comment: 'Which engine it is, only platform knows.',
    from: {
      path: '^(?:src|migrations|web)/',
      pathNot: ['^src/platform/(?:db|events|redis)/', test],
    },
    to: { path: [npm('mysql2', 'pg', 'redis', '@redis', '@platformatic'), '^(?:node:)?sqlite$'] },
  },
  {
    name: 'fastify-only-at-the-edge',
    comment: 'HTTP is known to routes, index, platform/http and the composition.',
    from: {
      path: ['^src/lib/', '^src/modules/'],
      pathNot: [inModule + role('routes', 'index'), test],
    },
    to: { path: npm('fastify', 'fastify-plugin', '@fastify', '@scalar') },
  },

  // 7. The pages
  {
    name: 'web-shares-little',
    comment: 'Of src the pages import schema (types only), rules and lib.',
    from: { path: '^web/' },
    to: {
      path: '^(?:src|migrations|scripts|tests)/',
      pathNot: [inModule + role('schema', 'rules'), '^src/lib/'],
    },
  },
  {
    name: 'web-shares-little',
    from: { path: '^web/', pathNot: test },
    to: { path: inModule + role('schema'), dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'web-layers',
    comment: 'areas → features → ui → lib',
    from: { path: '^web/src/(?:lib|ui|features|areas)/', pathNot: test },
    to: { path: '^web/src/[^/]+$' },
  },
  {
    name: 'web-layers',
    from: { path: '^web/src/(?:lib|ui|features)/' },
    to: { path: '^web/src/areas/' },
  },
  {
    name: 'web-layers',
    from: { path: '^web/src/(?:lib|ui)/' },
    to: { path: '^web/src/features/' },
  },
  { name: 'web-layers', from: { path: '^web/src/lib/' }, to: { path: '^web/src/ui/' } },
  {
    name: 'web-areas-apart',
    comment: 'Areas share through features, ui and lib.',
    from: { path: '^web/src/areas/([^/]+)/' },
    to: { path: '^web/src/areas/', pathNot: '^web/src/areas/$1/' },
  },
  {
    name: 'web-features-apart',
    comment: 'Areas put features together; features share through ui and lib.',
    from: { path: '^web/src/features/([^/]+)/' },
    to: { path: '^web/src/features/', pathNot: '^web/src/features/$1/' },
  },
  {
    name: 'web-shop-stays-light',
    comment: "Customers' phones don't load the office's components, directly or through a feature.",
    from: { path: '^web/src/areas/shop/' },
    to: { path: npm('antd', '@ant-design', 'echarts'), reachable: true },
  },
]

module.exports = {
  forbidden: forbidden.map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(?:web/dist|tests/architecture/planted)/' },
    tsPreCompilationDeps: true, // type imports are imports
    moduleSystems: ['es6'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json', '.css', '.svg'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
