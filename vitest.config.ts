import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** They change the process that they run in, and are the only ones in theirs. All others share what has been imported: a quarter less time. */
const alone = ['test/cli/**/*.test.ts', 'test/docs/docs.test.ts', 'test/explore/{barrier,reservation,threads}.test.ts']

/** On a fresh checkout nobody knows how long a file takes. These begin before the others of their project, so that none is alone at the end. */
const longest = [
  'test/cli/stopping.test.ts',
  'test/docs/docs.test.ts',
  'test/laws/search.test.ts',
  'test/liveness/verdicts.test.ts',
  'test/compile/shared.test.ts',
  'test/compile/kernel.test.ts',
  'test/reduce/specs-arm64.large.ts',
  'test/reduce/specs.large.ts',
  'test/ports/reduced.large.ts',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ moduleId }: TestSpecification): number => {
      const rank = longest.indexOf(relative(this.ctx.config.root, moduleId))
      return rank < 0 ? longest.length : rank
    }
    const sorted = await super.sort(files)
    const projects = [...new Set(sorted.map(({ project }) => project))]
    return projects.flatMap((project) =>
      sorted.filter((file) => file.project === project).sort((left, right) => rankOf(left) - rankOf(right)),
    )
  }
}

export default defineConfig({
  resolve: { alias: { modelcheck: fileURLToPath(new URL('./src/index.ts', import.meta.url)) } },
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What is polled for comes in its own time on a busy machine.
    expect: { poll: { timeout: 60_000 } },
    // Three files at a time, also where there are two processors only: those that try the command line mostly wait.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    globalSetup: 'test/support/fresh-build.ts',
    projects: [
      { extends: true, test: { name: 'alone', include: alone, globalSetup: [] } },
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...alone],
          isolate: false,
          globalSetup: [],
        },
      },
    ],
  },
})
