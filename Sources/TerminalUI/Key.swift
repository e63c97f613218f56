/// One key as the user pressed it. Pasted text never arrives as keys, but for a few characters where the terminal sets no
/// marks around a paste.
package enum Key: Hashable, Sendable {
  case character(Unicode.Scalar)
  case enter
  case tab
  case backTab
  case escape
  case backspace
  case delete
  case up
  case down
  case left
  case right
  case shiftLeft
  case shiftRight
  case home
  case end
  case pageUp
  case pageDown
  /// Control and a lower-case letter: `.control("c")`.
  case control(Unicode.Scalar)
  /// Alt (or Escape right before) and a character.
  case alt(Unicode.Scalar)
  case function(Int)
}
