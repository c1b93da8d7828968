/**
 * What the bench asks of a tool, and the models it is asked about.
 */

export interface Sample {
  readonly distinct: number
  /** As the tool counts; differences are explained in the table's notes. Null: it does not. */
  readonly generated: number | null
  /** The whole process, as a user waits for it; code generation and compilation of the peers not included. */
  readonly wholeMs: number
  readonly searchMs: number
  readonly peakBytes: number
}

/** A tool made ready for one model. */
export interface Contender {
  /** What it took to get from the sources to something that runs. */
  readonly preparedMs: number
  /** What readers have to know of it. */
  readonly note?: string
  run(): Promise<Sample>
}

/** Why a tool does not run a model. */
export interface LeftOut {
  readonly why: string
}

export const noSource: LeftOut = { why: 'no source of this model' }

export interface Tool {
  readonly name: string
  /** The version, or null with the word why when the tool is not here. */
  version(): Promise<string | null>
  prepare(model: BenchModel): Promise<Contender | LeftOut>
  /** Made ready anew before each run, because users wait for it each time they change a model. */
  readonly isPreparedEachTime?: true
  /** It searches fewer states than the model has, so its counts are its own. */
  readonly isReduced?: true
}

export interface BenchModel {
  /** Also the name of the spec and of the peers' sources. */
  readonly name: string
  /** The constant that sets the size, in our spec. */
  readonly constant: string | null
  readonly size: number
  /** What our command is told besides, such as the model of a file with several. */
  readonly options: readonly string[]
  /** Tools that are not asked, by name, and why. */
  readonly without: { readonly [tool: string]: string }
}
