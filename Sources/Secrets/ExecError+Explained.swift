package import Basics
internal import CLinux

extension ExecError: Explained {
  /// Names the variable or the command, never a value.
  package var explanation: Explanation {
    switch self {
    case .noCommand:
      Explanation(what: "no command was given", advice: "give it after --")
    case .badName(let name):
      Explanation(
        what: "\"\(name)\" cannot be the name of a variable",
        why: "names have no = and are not empty")
    case .zeroByte(let variable):
      Explanation(
        what: "the value for \(variable) cannot be put into the environment",
        why: "it holds a zero byte, at which programs would cut it off",
        advice: "hand it over as a file: --file")
    case .zeroByteInArgument:
      Explanation(what: "an argument holds a zero byte", why: "programs would cut it off there")
    case .tooLong:
      Explanation(
        what: "the arguments and the environment are too long",
        why: "together they may have \(ExecImage.capacity / 1024 / 1024) MiB",
        advice: "hand the values over as files: --file")
    case .noFile(let failure):
      Explanation(
        what: "cannot hand the values over as files", why: failure.reason,
        advice: "leave out --file to hand them over in the environment")
    case .noMemoryFolder:
      Explanation(
        what: "cannot hand the values over as files",
        why: "neither $XDG_RUNTIME_DIR nor /dev/shm is a folder in memory that can be written",
        advice: "leave out --file to hand them over in the environment")
    case .noInterpreter(let path):
      Explanation(
        what: "cannot run \(path)",
        why: "it is there, and the program that its first line names is not",
        advice: "look at its first line; nothing was run")
    case .failed(let path, let failure):
      Explanation(
        what: "cannot run \(path)", why: failure.reason,
        advice: ExecError.advice(for: failure) + "; nothing was run")
    }
  }

  private static func advice(for failure: SystemError) -> String {
    switch failure.code {
    case E2BIG: "hand the values over as files: --file"
    case EACCES, EPERM: "look whether it may be run: chmod +x"
    case ENOEXEC: "name what reads it, for example: sh FILE"
    case ENOENT: "check the command's name and PATH"
    default: "check the command's name"
    }
  }
}
