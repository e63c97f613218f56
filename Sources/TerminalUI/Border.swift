/// The characters that boxes and rules are drawn with. A terminal without them gets `+`, `-` and `|`: see the painter.
package enum Border {
  package static let horizontal: Unicode.Scalar = "─"
  package static let vertical: Unicode.Scalar = "│"
  package static let topLeft: Unicode.Scalar = "┌"
  package static let topRight: Unicode.Scalar = "┐"
  package static let bottomLeft: Unicode.Scalar = "└"
  package static let bottomRight: Unicode.Scalar = "┘"
  package static let teeLeft: Unicode.Scalar = "├"
  package static let teeRight: Unicode.Scalar = "┤"
  package static let teeTop: Unicode.Scalar = "┬"
  package static let teeBottom: Unicode.Scalar = "┴"
  package static let cross: Unicode.Scalar = "┼"
}
