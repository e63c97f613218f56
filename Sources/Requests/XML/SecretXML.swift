internal import Basics

/// Limits of XML with secrets in it. An answer has at most 1 MiB, which the transport sees to.
enum SecretXML {
  /// Levels of nesting.
  static let depth = 64
  /// The longest name of an element or attribute, in bytes: with a `$` before it, a key of JSON that is looked at.
  static let nameLength = JSONLimits.members.keyLength - 1
  /// Attributes of one element.
  static let attributes = 64
}

/// Why bytes are not the XML that is read. Says where, never what stood there.
struct SecretXMLError: Error, Equatable {
  enum Reason: Equatable {
    case unexpected, unfinished, badText, badReference
    case tooDeep, longName, tooManyAttributes, duplicateAttribute
    case wrongEnd
    /// A document type can define entities, which could grow without bound or name files.
    case documentType
    case noElement, secondElement, textOutside
  }

  var reason: Reason
  /// In bytes from the start.
  var offset: Int
}
