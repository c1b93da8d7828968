/**
 * The library: the language of specs, and `check` to use it in one's own tests.
 */

export * from './language/index.ts'
