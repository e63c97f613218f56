import FoundationEssentials

/// A text that is compared with a file beside the tests. The file is written, and the test fails, when it is missing or
/// when `RECORD=1` is set: a recording is looked at before it counts.
package enum Snapshot: Equatable {
  case same
  /// The file's path.
  case recorded(String)
  /// The lines that differ, old and new.
  case different(String)

  /// - Parameters:
  ///   - name: the file's name with its extension, below `Snapshots` beside the calling test file.
  package static func compare(
    _ text: String, with name: String, beside testFile: String
  ) -> Snapshot {
    let folder =
      testFile.split(separator: "/", omittingEmptySubsequences: false)
      .dropLast().joined(separator: "/") + "/Snapshots"
    let path = "\(folder)/\(name)"
    let isRecording = ProcessInfo.processInfo.environment["RECORD"] == "1"
    let recorded = try? String(contentsOfFile: path, encoding: .utf8)
    if recorded == text { return .same }
    guard let recorded, !isRecording else {
      do {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
      } catch {
        return .different("cannot write \(path): \(error)")
      }
      return .recorded(path)
    }
    return .different(difference(recorded, text))
  }

  private static func difference(_ old: String, _ new: String) -> String {
    let old = old.split(separator: "\n", omittingEmptySubsequences: false)
    let new = new.split(separator: "\n", omittingEmptySubsequences: false)
    var lines: [String] = []
    for index in 0..<max(old.count, new.count) {
      let (before, after) = (
        index < old.count ? String(old[index]) : nil, index < new.count ? String(new[index]) : nil
      )
      guard before != after else { continue }
      if let before { lines.append("\(index + 1) - \(before)") }
      if let after { lines.append("\(index + 1) + \(after)") }
    }
    return lines.joined(separator: "\n")
  }
}
