/** Gives the event loop a turn: timers, signals, messages of threads. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
