/**
 * The part of WebAssembly's interface that is used: neither TypeScript's library for ECMAScript nor Node's types declare its values.
 */

declare namespace WebAssembly {
  /** Compiled code. A message to a thread shares it. */
  class Module {
    constructor(bytes: Uint8Array<ArrayBuffer>)
  }
  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>)
    readonly exports: Readonly<Record<string, unknown>>
  }
  /** Sizes are in pages. A message to a thread shares it if it is shared. */
  class Memory {
    constructor(sizes: { readonly initial: number; readonly maximum: number; readonly shared: true })
    readonly buffer: SharedArrayBuffer
  }
}
