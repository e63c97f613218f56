package import Basics

/// Why a command cannot take this process's place.
package enum ExecError: Error, Equatable, Sendable {
  case noCommand
  /// Not a name that an environment variable can have.
  case badName(String)
  /// The value for this variable holds a zero byte, at which every program would cut it off.
  case zeroByte(variable: String)
  /// An argument holds one.
  case zeroByteInArgument
  /// More than `ExecImage.capacity` for arguments and environment.
  case tooLong
  /// A file in memory cannot be made, or what clears it away cannot be started.
  case noFile(SystemError)
  /// There is no folder of ours on a memory file system.
  case noMemoryFolder
  /// The system did not start it. `path` is the file that was tried, or the command's name when no directory of
  /// `PATH` has it.
  case failed(path: String, SystemError)
  /// The file is there, and the program that its first line, or its header, names is not.
  case noInterpreter(path: String)
}
