import TerminalUI
import TestSupport
import Testing

/// Compares a canvas with `Snapshots/NAME.screen`: its rows in a frame, and where the cursor stands.
func expectScreen(
  _ canvas: Canvas, _ name: String, file: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let edge = String(repeating: "─", count: canvas.size.columns)
  var lines = ["┌\(edge)┐"]
  for line in canvas.lines {
    let blanks = String(repeating: " ", count: max(0, canvas.size.columns - Width.of(line)))
    lines.append("│\(line)\(blanks)│")
  }
  lines.append("└\(edge)┘")
  lines.append(canvas.cursor.map { "cursor \($0.column),\($0.row)" } ?? "no cursor")
  expectText(
    lines.joined(separator: "\n") + "\n", "\(name).screen", file: file,
    sourceLocation: sourceLocation)
}

func expectText(
  _ text: String, _ name: String, file: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  // Snapshots stand beside the tests, not beside this file.
  switch Snapshot.compare(text, with: name, beside: file) {
  case .same: break
  case .recorded(let path):
    Issue.record("recorded \(path): look at it", sourceLocation: sourceLocation)
  case .different(let lines):
    Issue.record("\(name) differs:\n\(lines)", sourceLocation: sourceLocation)
  }
}
