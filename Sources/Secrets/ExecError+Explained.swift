package import Basics

extension ExecError: Explained {
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
      Explanation(what: "cannot make a file in memory", why: failure.reason)
    case .failed(let path, let failure):
      Explanation(
        what: "cannot run \(path)", why: failure.reason,
        advice: "check the command's name; nothing was run")
    }
  }
}
