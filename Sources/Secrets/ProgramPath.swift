internal import CLinux

/// Where a program is looked for whose name is given, by the one rule that there is for it.
package enum ProgramPath {
  /// The files to try, as `execvp` would, except that an empty part of `PATH` does not mean the current directory: with
  /// secrets in the environment, or coming back, no program is run by accident.
  package static func candidates(for command: [UInt8]) -> [[UInt8]] {
    if command.contains(UInt8(ascii: "/")) { return [command] }
    return path.split(separator: UInt8(ascii: ":")).map { $0 + [UInt8(ascii: "/")] + command }
  }

  private static var path: [UInt8] {
    guard let text = unsafe getenv("PATH") else {
      return Array("/usr/local/bin:/usr/bin:/bin".utf8)
    }
    return unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
  }
}
