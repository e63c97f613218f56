internal import Basics

/// One way into an age file: the file key, wrapped for one recipient.
struct AgeStanza: Equatable {
  /// The first argument: `X25519`, `scrypt`, `mlkem768x25519`, `ssh-ed25519`, or a type we do not know and leave alone.
  var type: String
  var arguments: [String]
  var body: [UInt8]
}

/// The textual head of an age v1 file (c2sp.org/age): version, stanzas, authentication code.
struct AgeHeader {
  static let version = Array("age-encryption.org/v1\n".utf8)
  static let macLength = 32
  /// Bodies are wrapped here; a shorter line, which may be empty, ends the body.
  private static let columns = 64

  let stanzas: [AgeStanza]
  let mac: [UInt8]
  /// What `mac` is computed over: the header up to and including `---`.
  let authenticated: [UInt8]
  /// Where the payload begins in the file.
  let length: Int

  /// Reads the head of a file, exactly as the grammar has it: anything else is refused.
  init(parsing file: [UInt8]) throws(AgeError) {
    guard file.starts(with: AgeHeader.version) else {
      throw .header("it does not begin as an age v1 file")
    }
    var lines = Lines(file: file, position: AgeHeader.version.count)
    var stanzas: [AgeStanza] = []
    var macStart = lines.position
    var line = try lines.next()
    while line.starts(with: "-> ".utf8) {
      stanzas.append(try AgeHeader.stanza(line, &lines))
      macStart = lines.position
      line = try lines.next()
    }
    guard line.starts(with: "--- ".utf8), let mac = Base64.unpadded.decode(line.dropFirst(4)),
      mac.count == AgeHeader.macLength
    else { throw .header("its authentication line is malformed") }
    guard !stanzas.isEmpty else { throw .header("it names no recipient") }
    // A passphrase vouches for the writer only when nobody else could have written the file.
    guard stanzas.count == 1 || !stanzas.contains(where: { $0.type == AgePassphrase.stanzaType })
    else { throw .header("a passphrase is mixed with other recipients") }
    self.stanzas = stanzas
    self.mac = mac
    authenticated = Array(file[..<(macStart + 3)])
    length = lines.position
  }

  /// The header's text up to and including `---`, without a code.
  static func text(of stanzas: [AgeStanza]) -> [UInt8] {
    var text = version
    for stanza in stanzas {
      text += "->".utf8
      for argument in [stanza.type] + stanza.arguments {
        text.append(UInt8(ascii: " "))
        text += argument.utf8
      }
      text.append(UInt8(ascii: "\n"))
      var body = Base64.unpadded.encode(stanza.body)[...]
      while body.count >= columns {
        text += body.prefix(columns)
        text.append(UInt8(ascii: "\n"))
        body = body.dropFirst(columns)
      }
      text += body
      text.append(UInt8(ascii: "\n"))
    }
    text += "---".utf8
    return text
  }

  private static func stanza(
    _ line: ArraySlice<UInt8>, _ lines: inout Lines
  ) throws(AgeError) -> AgeStanza {
    let arguments = line.dropFirst(3).split(
      separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    let visible = UInt8(0x21)...UInt8(0x7E)
    guard arguments.allSatisfy({ !$0.isEmpty && $0.allSatisfy(visible.contains) }) else {
      throw .header("the arguments of a recipient are malformed")
    }
    var text: [UInt8] = []
    var piece = try lines.next()
    while piece.count == columns {
      text += piece
      piece = try lines.next()
    }
    guard piece.count < columns, let body = Base64.unpadded.decode(text + piece) else {
      throw .header("the body of a recipient is malformed")
    }
    let words = arguments.map { String(decoding: $0, as: UTF8.self) }
    return AgeStanza(type: words[0], arguments: Array(words.dropFirst()), body: body)
  }

  /// The lines of the header, each ended by one line feed.
  private struct Lines {
    let file: [UInt8]
    var position: Int

    mutating func next() throws(AgeError) -> ArraySlice<UInt8> {
      let rest = file[position...]
      guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
        throw .header("its header is cut off")
      }
      position = end + 1
      return rest[..<end]
    }
  }
}
