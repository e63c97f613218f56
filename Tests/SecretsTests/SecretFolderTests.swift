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

  /// Runs a script, which finds the folder as `$d`, in place of a process that has files renewed by another one. It
  /// begins when that one has made the file `DONE`.
  private static func run(_ script: String, renewing renewer: String) throws {
    var folder = try SecretFolder.make(
      renewer: SecretFolder.Renewer(
        program: "/bin/sh", arguments: ["-c", "cd /proc/self/fd/4; \(renewer); : >DONE"]))
    try folder.renew(by: Array("what".utf8))
    let script = #"d=\#(folder.path); until [ -e "$d/DONE" ]; do :; done; \#(script)"#
    let image = ExecImage(command: ["/bin/sh", "-c", script].map { Array($0.utf8) })
    let failure = image.execute()
    _ = consume folder
    print(failure)
  }

  @Test func `what renews files has the folder and its plan, and is no child of the command`() async
  {
    await #expect(processExitsWith: .exitCode(7)) {
      try Self.run(
        #"""
        read plan <"$d/PLAN"; read children </proc/$$/task/$$/children
        [ "$plan$children" = what ] && exit 7
        """#, renewing: "cat <&5 >PLAN")
    }
  }

  @Test func `what renews files has no other file, and nothing to read or to write to`() async {
    await #expect(processExitsWith: .exitCode(7)) {
      try Self.run(
        #"read files <"$d/FILES"; [ "$files" = "/dev/null /dev/null /dev/null" ] && exit 7"#,
        renewing: #"""
          [ -e /proc/$$/fd/6 ] || echo $(readlink /proc/$$/fd/0 /proc/$$/fd/1 /proc/$$/fd/2) >FILES
          """#)
    }
  }

  @Test func `where nothing is to be renewed nothing is started`() async {
    await #expect(processExitsWith: .exitCode(7)) {
      let path: String
      do {
        var folder = try SecretFolder.make(
          renewer: SecretFolder.Renewer(
            program: "/bin/sh", arguments: ["-c", "cd /proc/self/fd/4; : >DONE"]))
        path = folder.path
        // More than it may be: nothing of it is told.
        try? folder.renew(by: [UInt8](repeating: 0, count: SecretFolder.planLimit + 1))
        guard unsafe access("\(path)/DONE", F_OK) != 0 else { exit(1) }
      }
      exit(unsafe access(path, F_OK) == 0 ? 1 : 7)
    }
  }
}
