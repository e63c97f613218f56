internal import ArgumentParser

/// How the wizard shows itself.
struct DisplayOptions: ParsableArguments {
  @Flag(help: "Line by line instead of a full screen (screen readers, serial consoles).")
  var plain = false
}
