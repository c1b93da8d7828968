/**
 * Bytes of a WebAssembly module, and numbers in them. Source: WebAssembly Core Specification 2.0, 5.2.
 */

export class Bytes {
  private bytes = new Uint8Array(1024)
  private count = 0

  get length(): number {
    return this.count
  }

  push(byte: number): void {
    if (this.count === this.bytes.length) this.reserve(1)
    this.bytes[this.count++] = byte
  }

  /** A number from 0 on, in as many bytes as it needs (LEB128). */
  unsigned(value: number): void {
    let rest = value
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.push((rest % 128) | 128)
    this.push(rest)
  }

  /** A number of at most 53 bits with its sign, likewise. */
  signed(value: number): void {
    let rest = value
    for (; rest < -64 || rest > 63; rest = Math.floor(rest / 128)) this.push((((rest % 128) + 128) % 128) | 128)
    this.push(rest & 127)
  }

  append(other: Bytes): void {
    this.reserve(other.count)
    this.bytes.set(other.view(), this.count)
    this.count += other.count
  }

  clear(): void {
    this.count = 0
  }

  /** What was written, valid until more is. */
  view(): Uint8Array<ArrayBuffer> {
    return this.bytes.subarray(0, this.count)
  }

  private reserve(more: number): void {
    if (this.count + more <= this.bytes.length) return
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.count + more))
    larger.set(this.view())
    this.bytes = larger
  }
}
