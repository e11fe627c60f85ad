// Owns building the two images from their recipes, and their size.
import { type Finding } from '../verify-deploy/check.ts'
import { root, program, versionOf } from '../verify-deploy/tools.ts'
import { boundIn, makeBases, recipes } from './bases.ts'
import { buildah } from './buildah.ts'

const LARGEST_MB = 250
/** Docker's debian:12-slim is so much larger than the base that is made here. */
const SLIM_MB = 4

export async function buildImages(): Promise<Finding> {
  await makeBases()
  await build('petshop', 'base')
  await build('petshop-web', 'nginx')
  const by = `buildah ${await versionOf(await program('buildah'), '--version')}, on a base made here`
  return { count: 2, of: 'images', by, problems: [] }
}

async function build(image: keyof typeof recipes, base: string): Promise<void> {
  await buildah('build', ...argumentsOf(image, base), '-t', image, root)
}

/** Of `buildah build`: only the images that it begins with are others. */
export function argumentsOf(image: keyof typeof recipes, base: string): string[] {
  const args = [`BUILDER=localhost/builder`, `BASE=localhost/${base}`]
  return [
    // Only Docker's format knows health checks.
    ...['--pull-never', '--format', 'docker', '--file', recipes[image]],
    ...args.flatMap((it) => ['--build-arg', it]),
    ...boundIn(),
  ]
}

export async function checkSize(): Promise<Finding> {
  const text = await buildah('images', '--format', '{{.Name}} {{.Size}}')
  const sizes = [...text.matchAll(/localhost\/petshop(-web)?\s+([\d.]+) (\w+)/g)].map(
    ([, web = '', size, unit]) => ({ name: `petshop${web}`, size: Number(size), unit }),
  )
  const own = sizes.find(({ name }) => name === 'petshop')
  const isSmall = own?.unit === 'MB' && own.size + SLIM_MB <= LARGEST_MB
  const of = sizes.map(({ name, size, unit }) => `${name} ${size} ${unit}`).join(', ')
  const problem = `petshop would be ${(own?.size ?? 0) + SLIM_MB} ${own?.unit} on debian:12-slim, more than ${LARGEST_MB} MB`
  return { count: sizes.length, of: `images: ${of}`, problems: isSmall ? [] : [problem] }
}
