internal import Basics
package import Secrets

/// How a template is filled in: what of it is copied, and how each value is written in its place.
package struct FillPlan: Sendable {
  /// A part of what is written.
  enum Piece: Equatable, Sendable {
    /// Bytes of the template.
    case source(Range<Int>)
    /// Added, or in place of bytes of the template.
    case text(String)
    /// A value, by the number of its place.
    case value(Int, ValueEncoding)
  }

  /// A place for a value that is filled in. One in a comment is none.
  package struct Place: Equatable, Sendable {
    /// As it is written between the braces.
    package let name: String
    /// Of its braces.
    package let place: TextPlace
  }

  /// The most bytes that may come of it: with the copy that growing needs still within the memory that an ordinary
  /// account may lock.
  package static let limit = 4 * 1024 * 1024

  /// In the order in which they stand.
  package let places: [Place]
  /// What is wrong with the template itself, whatever the values are. With any of them nothing can be filled in.
  package let faults: [TemplateFault]
  private let bytes: [UInt8]
  private let pieces: [Piece]

  /// Reads the template as a file of that format.
  package init(_ template: FileTemplate, as format: TemplateFormat) {
    var draft = PlanDraft(template)
    switch format {
    case .json: draft.read(by: JSONPlaces.init)
    case .yaml: draft.readYAML()
    case .toml: draft.read(by: TOMLPlaces.init)
    case .shell: draft.read(by: ShellPlaces.init)
    case .env: draft.read(by: EnvPlaces.init)
    case .raw: draft.read { RawPlaces($0, isKnown: true) }
    case .unknown: draft.read { RawPlaces($0, isKnown: false) }
    }
    bytes = template.bytes
    places = draft.places
    faults = draft.faults
    pieces = draft.pieces
  }

  /// Writes the file, in locked memory.
  /// - Parameter values: one for each name of `places`.
  /// - Throws: what stands against the values in their places, all of it.
  package func fill(
    with values: borrowing SecretMap<String>
  ) throws(TemplateFaults) -> SecretBuffer {
    if !faults.isEmpty { throw TemplateFaults(faults) }
    var writer = SecretWriter(limit: FillPlan.limit)
    var faults: [TemplateFault] = []
    for piece in pieces {
      switch piece {
      case .source(let range): bytes.withBytes { writer.append($0.extracting(range)) }
      case .text(let text): writer.append(text: text)
      case .value(let number, let encoding):
        let place = places[number]
        values.withBytes(of: place.name) { value in
          if let objection = encoding.objection(to: value) {
            faults.append(objection.fault(at: place, in: encoding, of: value))
          } else {
            encoding.write(value, to: &writer)
          }
        }
      }
    }
    if !faults.isEmpty { throw TemplateFaults(faults) }
    guard let text = writer.finish() else { throw TemplateFaults([FillPlan.tooLong]) }
    return text
  }

  private static let tooLong = TemplateFault(
    TextPlace(line: 1, column: 1), "with its values the file would be longer than 4 MiB",
    advice: "make several files of it")
}
