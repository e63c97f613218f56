import Checking
import Glibc
import TestSupport

/// Stands in for the program in tests of the helper process. Re-executed with the hidden subcommand it is that
/// process; started with `drive`, `fetch`, `call` or `link` it is the program that wants the check, the token, the call or the link.
@main
struct CheckHelperFixture {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    switch arguments.first {
    case HelperProgram.subcommand:
      let code = HelperProgram.run(input: STDIN_FILENO, output: STDOUT_FILENO)
      if arguments.count > 1 { reportPeak(to: arguments[arguments.startIndex + 1]) }
      exit(code)
    case GatewayProgram.subcommand:
      exit(GatewayProgram.run(input: STDIN_FILENO, output: STDOUT_FILENO))
    case "drive":
      exit(Driver(Array(arguments.dropFirst())).run())
    case "fetch":
      exit(TokenDriver(Array(arguments.dropFirst())).run())
    case "call":
      exit(CallDriver(Array(arguments.dropFirst())).run())
    case "link":
      exit(LinkDriver(Array(arguments.dropFirst())).run())
    default:
      exit(2)
    }
  }

  /// Writes the most memory that this process ever had, in kB, to a file.
  private static func reportPeak(to path: String) {
    let status =
      TextFile.read("/proc/self/status").map { String(decoding: $0, as: UTF8.self) } ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") } ?? ""
    TextFile.write(String(line), to: path)
  }
}
