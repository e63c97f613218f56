internal import Basics
internal import CLinux

/// A command with its arguments and environment, ready to take the place of this process.
///
/// Everything stands in one locked buffer: a spawned child or a library's process type would copy the environment
/// into ordinary memory, and a parent that stays would keep it.
package struct ExecImage: ~Copyable {
  /// In bytes: what Linux allows for arguments and environment together under the usual stack limit of 8 MiB.
  package static let capacity = 2 * 1024 * 1024

  /// Strings, each with a zero behind it.
  private var strings = SecretBuffer(capacity: ExecImage.capacity)
  private let command: [UInt8]
  /// Where each argument begins.
  private var arguments: [Int] = []
  /// Name, and where `NAME=value` begins.
  private var variables: [(name: String, offset: Int)] = []
  /// The first thing that went wrong before there was somebody to tell.
  private var problem: ExecError?

  /// A command that gets this process's environment besides the variables set later.
  ///
  /// - Parameter command: the program and its arguments, which are bytes and passed on as they are. Arguments are
  ///   visible to every user of the machine: no secret may be among them.
  package init(command: [[UInt8]]) {
    self.command = command.first ?? []
    if self.command.isEmpty { problem = .noCommand }
    for argument in command { add(argument: argument) }
    inheritEnvironment()
  }

  /// Sets a variable, in place of the inherited one of the same name.
  package mutating func setVariable(_ name: String, to value: RawSpan) throws(ExecError) {
    guard !name.isEmpty, !name.utf8.contains(0), !name.utf8.contains(UInt8(ascii: "=")) else {
      throw .badName(name)
    }
    let hasZero = value.byteOffsets.contains {
      unsafe value.unsafeLoad(fromByteOffset: $0, as: UInt8.self) == 0
    }
    guard !hasZero else { throw .zeroByte(variable: name) }
    let offset = strings.count
    guard strings.append(text: name), strings.append(UInt8(ascii: "=")), strings.append(value),
      strings.append(0)
    else { throw .tooLong }
    variables.removeAll { $0.name == name }
    variables.append((name, offset))
  }

  /// Becomes the command. Returns only on failure.
  ///
  /// - Parameter inherited: what `ProcessHardening.apply` changed, so that the command finds it unchanged.
  package consuming func execute(
    restoring inherited: ProcessHardening.Inherited? = nil
  ) -> ExecError {
    if let problem { return problem }
    if let inherited { ProcessHardening.undo(inherited) }
    // The signal loop blocks signals; a blocked signal stays blocked across execve.
    var none = sigset_t()
    _ = unsafe sigemptyset(&none)
    _ = unsafe sigprocmask(SIG_SETMASK, &none, nil)
    var refused: ExecError?
    for path in ProgramPath.candidates(for: command) {
      let failure = start(path)
      let text = String(decoding: path, as: UTF8.self)
      switch failure.code {
      case ENOENT, ENOTDIR:
        // The file is there: what is missing is the program that it names.
        if ExecImage.exists(path) { return .noInterpreter(path: text) }
      // A file that may not be run does not hide a later one, but is what gets reported if there is none.
      case EACCES: refused = refused ?? .failed(path: text, failure)
      default: return .failed(path: text, failure)
      }
    }
    return refused
      ?? .failed(path: String(decoding: command, as: UTF8.self), SystemError(code: ENOENT))
  }
}

extension ExecImage {
  private static func exists(_ path: [UInt8]) -> Bool {
    unsafe withTerminated(path) { unsafe access($0, F_OK) == 0 }
  }

  private static func withTerminated<Result>(
    _ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Result
  ) -> Result {
    let text = path.map { CChar(bitPattern: $0) } + [0]
    return unsafe text.withUnsafeBufferPointer { text in
      guard let start = text.baseAddress else { fatalError("an array of one has a place") }
      return unsafe body(start)
    }
  }

  private borrowing func start(_ path: [UInt8]) -> SystemError {
    strings.withBytes { bytes in
      unsafe bytes.withUnsafeBytes { source in
        let base = unsafe UnsafeMutableRawPointer(mutating: source.baseAddress)
        let pointer = { (offset: Int) in
          unsafe base?.advanced(by: offset).assumingMemoryBound(to: CChar.self)
        }
        let arguments = unsafe arguments.map(pointer) + [nil]
        let variables = unsafe variables.map { unsafe pointer($0.offset) } + [nil]
        return unsafe ExecImage.withTerminated(path) { path in
          _ = unsafe execve(path, arguments, variables)
          return SystemError.last
        }
      }
    }
  }

  private mutating func add(argument: [UInt8]) {
    if argument.contains(0) { problem = problem ?? .zeroByteInArgument }
    arguments.append(strings.count)
    guard strings.append(text: argument), strings.append(0) else {
      problem = problem ?? .tooLong
      return
    }
  }

  private mutating func inheritEnvironment() {
    guard var next = unsafe linux_environ() else { return }
    while let entry = unsafe next.pointee {
      let bytes = unsafe UnsafeRawBufferPointer(start: entry, count: strlen(entry) + 1)
      let length = unsafe bytes.firstIndex(of: UInt8(ascii: "=")) ?? bytes.count - 1
      let name = unsafe String(decoding: bytes[..<length], as: UTF8.self)
      variables.append((name, strings.count))
      guard unsafe strings.append(RawSpan(_unsafeBytes: bytes)) else {
        problem = problem ?? .tooLong
        return
      }
      unsafe next += 1
    }
  }
}
