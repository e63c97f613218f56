import FoundationEssentials
import Glibc
import TestSupport

/// Where a value may come out of a program: gathers what came, and says where the value stands in it.
struct Channels {
  /// The value as it is, and as programs like to write it down.
  private let forms: [[UInt8]]
  /// Where it was found.
  private(set) var leaks: [String] = []
  private(set) var outputs = 0
  private(set) var files = 0
  private(set) var processes = 0

  init(lookingFor value: String) {
    let text = Array(value.utf8)
    // Base64 has three ways to write it, by where it begins; the ends depend on the neighbours.
    let encoded = (0..<3).map { shift in
      let bytes = [UInt8](repeating: 0x20, count: shift) + text
      return Array(Data(bytes).base64EncodedString().utf8.dropFirst(4).dropLast(4))
    }
    let hex = text.flatMap { byte in
      [byte >> 4, byte & 15].map { Array("0123456789abcdef".utf8)[Int($0)] }
    }
    forms = [text, text.reversed(), hex] + encoded
  }

  mutating func look(atOutput bytes: [UInt8], of name: String) {
    outputs += 1
    look(at: bytes, name)
  }

  mutating func look(at result: ChildProcess, of name: String) {
    look(atOutput: result.output, of: "\(name), standard output")
    look(atOutput: result.errors, of: "\(name), standard error")
  }

  /// What everybody on the machine may read of a process and those that it has started.
  mutating func look(atProcess process: Int32, of name: String) {
    for process in [process] + PseudoTerminal.descendants(of: process) {
      processes += 1
      for file in ["cmdline", "environ", "comm"] {
        look(at: TextFile.read("/proc/\(process)/\(file)") ?? [], "\(name), \(file) of a process")
      }
    }
  }

  /// Every file below a folder; below a shared one, those of one account.
  mutating func look(atFolder folder: String, of account: UInt32? = nil) {
    for name in (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? [] {
      let path = "\(folder)/\(name)"
      var status = stat()
      guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
        account.map({ status.st_uid == $0 }) ?? true
      else { continue }
      files += 1
      look(at: TextFile.read(path) ?? [], path)
    }
  }

  private mutating func look(at bytes: [UInt8], _ name: String) {
    for form in forms where holds(bytes, form) { leaks.append(name) }
  }

  private func holds(_ bytes: [UInt8], _ form: [UInt8]) -> Bool {
    unsafe bytes.withUnsafeBytes { bytes in
      unsafe form.withUnsafeBytes { form in
        guard let wanted = form.baseAddress, var place = bytes.baseAddress else {
          return false
        }
        let end = unsafe place + bytes.count - form.count
        while unsafe place <= end,
          let next = unsafe memchr(place, Int32(form[0]), end - place + 1)
        {
          if unsafe memcmp(next, wanted, form.count) == 0 { return true }
          unsafe place = UnsafeRawPointer(next) + 1
        }
        return false
      }
    }
  }
}
