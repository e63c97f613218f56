import Basics
import CLinux
import Secrets
import Testing

/// What a command finds when values are handed to it as files, and what is left when it has gone.
@Suite(.timeLimit(.minutes(1))) struct SecretFolders {
  /// Runs a script in place of a process that has put a value into a file.
  private static func run(_ script: String) throws {
    let folder = try SecretFolder.make()
    var image = ExecImage(command: ["/bin/sh", "-c", script].map { Array($0.utf8) })
    let value = SecretBuffer(fixture: "k-EXAMPLE")
    let path = try value.withBytes { bytes throws(ExecError) in
      try folder.add("ACME_KEY", holding: bytes)
    }
    let text = SecretBuffer(fixture: path)
    try text.withBytes { bytes throws(ExecError) in
      try image.setVariable("ACME_KEY_FILE", to: bytes)
    }
    let failure = image.execute()
    _ = consume folder
    print(failure)
  }

  @Test func `a command reads the value as often as it likes, whatever it opens itself`() async {
    await #expect(processExitsWith: .exitCode(7)) {
      try Self.run(
        #"exec 3>/dev/null 4>/dev/null; [ "$(cat "$ACME_KEY_FILE")$(cat "$ACME_KEY_FILE")" = k-EXAMPLEk-EXAMPLE ] && exit 7"#
      )
    }
  }

  @Test func `file and folder are for this account alone, and in memory`() async {
    await #expect(processExitsWith: .exitCode(7)) {
      try Self.run(
        #"d=$(dirname "$ACME_KEY_FILE"); [ "$(stat -c %a "$ACME_KEY_FILE" "$d" | tr -d '\n')$(stat -fc %T "$d")" = 600700tmpfs ] && exit 7"#
      )
    }
  }

  @Test func `given up before a command was found, it goes at once`() async {
    await #expect(processExitsWith: .exitCode(7)) {
      var path = ""
      do {
        let folder = try SecretFolder.make()
        path = folder.path
        guard unsafe access(path, F_OK) == 0 else { exit(1) }
      }
      exit(unsafe access(path, F_OK) == 0 ? 1 : 7)
    }
  }

  @Test func `the command has no child that it did not start`() async {
    await #expect(processExitsWith: .exitCode(7)) {
      // Without a command of the shell's own, which would be one.
      try Self.run(#"read children </proc/$$/task/$$/children; [ -z "$children" ] && exit 7"#)
    }
  }
}
