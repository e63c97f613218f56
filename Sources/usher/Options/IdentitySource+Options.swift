internal import ArgumentParser
internal import Store

/// The three options that say where an identity is.
extension IdentitySource {
  /// Nil where none of them is given.
  init?(file: String?, descriptor: Int32?, command: String?) {
    if let file {
      self = .file(file)
    } else if let descriptor {
      self = .descriptor(descriptor)
    } else if let command {
      self = .command(Setting.words(of: command))
    } else {
      return nil
    }
  }

  /// - Throws: where several of them are given, or a command without a word.
  static func validate(file: String?, descriptor: Int32?, command: String?) throws {
    let given = [file != nil, descriptor != nil, command != nil]
    if given.count(where: \.self) > 1 {
      throw ValidationError(
        "--identity, --identity-fd and --identity-command all say where the identity is: give one.")
    }
    if let command, Setting.words(of: command).isEmpty {
      throw ValidationError("--identity-command takes a command, such as 'pass show usher'.")
    }
  }
}
