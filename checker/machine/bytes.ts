/**
 * Bytes of a WebAssembly module, and numbers in them. Source: WebAssembly Core Specification 2.0, 5.2.
 */

export interface Bytes {
  readonly length: () => number
  push(byte: number): void
  /** A number from 0 on, in as many bytes as it needs (LEB128). */
  unsigned(value: number): void
  /** A number of at most 53 bits with its sign, likewise. */
  signed(value: number): void
  append(other: Bytes): void
  /** What was written, valid until more is. */
  view(): Uint8Array<ArrayBuffer>
}

export function createBytes(): Bytes {
  let bytes = new Uint8Array(256)
  let length = 0
  const push = (byte: number): void => {
    if (length === bytes.length) {
      const larger = new Uint8Array(length * 2)
      larger.set(bytes)
      bytes = larger
    }
    bytes[length++] = byte
  }
  const view = (): Uint8Array<ArrayBuffer> => bytes.subarray(0, length)
  return {
    length: () => length,
    push,
    unsigned: (value) => {
      let rest = value
      for (; rest >= 128; rest = Math.floor(rest / 128)) push((rest % 128) | 128)
      push(rest)
    },
    signed: (value) => {
      let rest = value
      for (; rest < -64 || rest > 63; rest = Math.floor(rest / 128)) push((((rest % 128) + 128) % 128) | 128)
      push(rest & 127)
    },
    append: (other) => {
      const added = other.view()
      if (length + added.length > bytes.length) {
        const larger = new Uint8Array(Math.max(bytes.length * 2, length + added.length))
        larger.set(view())
        bytes = larger
      }
      bytes.set(added, length)
      length += added.length
    },
    view,
  }
}
