internal import CLinux
internal import Glibc

/// A yes-or-no question on the terminal, answered with one line; anything but yes is no.
enum ConfirmationPrompt {
  static func confirm(_ text: String) -> Bool {
    Console.prompt("\(text) [y/N] ")
    var answer: [UInt8] = []
    var byte: UInt8 = 0
    while answer.count < 16, unsafe read(STDIN_FILENO, &byte, 1) == 1, byte != UInt8(ascii: "\n") {
      answer.append(byte)
    }
    return ["y", "yes"].contains(String(decoding: answer, as: UTF8.self).lowercased())
  }
}
