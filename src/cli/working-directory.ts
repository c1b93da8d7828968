/**
 * Ends the process in a folder that has been removed. Imported before anything else: libraries ask where they are while they are loaded.
 */

try {
  process.cwd()
} catch {
  process.stderr.write('error MC401: the working directory does not exist\n  hint: Change to another.\n')
  process.exit(2)
}
