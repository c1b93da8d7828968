/**
 * The part of WebAssembly's interface that is used: neither TypeScript's library for ECMAScript nor Node's types declare its values.
 */

declare namespace WebAssembly {
  /** Compiled code. A message to a thread shares it. */
  class Module {
    constructor(bytes: Uint8Array<ArrayBuffer>)
  }
  class Instance {
    constructor(module: Module)
    readonly exports: Readonly<Record<string, unknown>>
  }
  class Memory {
    readonly buffer: ArrayBuffer
  }
}
