/**
 * Instructions of WebAssembly that programs need. Source: WebAssembly Core Specification 2.0, 5.4.
 */

export const i32 = 0x7f
export const i64 = 0x7e
export const noValue = 0x40

export const op = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  brTable: 0x0e,
  return: 0x0f,
  call: 0x10,
  drop: 0x1a,
  select: 0x1b,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  const32: 0x41,
  const64: 0x42,
  eqz: 0x45,
  clz: 0x67,
  wrap: 0xa7,
  extendSigned: 0xac,
  extendUnsigned: 0xad,
} as const

/** By the bytes of an element: reading fills up with zeros. */
export const loadOp = { 1: 0x2d, 2: 0x2f, 4: 0x28 } as const
export const storeOp = { 1: 0x3a, 2: 0x3b, 4: 0x36 } as const

/** Of 64 bits. */
export const loadPairOp = 0x29
export const storePairOp = 0x37

/** After this byte. Source: the proposal on threads of the WebAssembly community group. */
export const atomicPrefix = 0xfe
export const atomicLoadOp = { 1: 0x12, 2: 0x13, 4: 0x10 } as const
export const exchangeOp = { 1: 0x4a, 2: 0x4b, 4: 0x48 } as const

/** Each for 32 and for 64 bits. */
export const binaryOp = {
  '+': [0x6a, 0x7c],
  '-': [0x6b, 0x7d],
  '*': [0x6c, 0x7e],
  quotient: [0x6d, 0x7f],
  remainder: [0x6f, 0x81],
  '&': [0x71, 0x83],
  '|': [0x72, 0x84],
  '^': [0x73, 0x85],
  '<<': [0x74, 0x86],
  '>>': [0x75, 0x87],
  '>>>': [0x76, 0x88],
  '===': [0x46, 0x51],
  '!==': [0x47, 0x52],
  '<': [0x48, 0x53],
  '>': [0x4a, 0x55],
  '<=': [0x4c, 0x57],
  '>=': [0x4e, 0x59],
} as const
