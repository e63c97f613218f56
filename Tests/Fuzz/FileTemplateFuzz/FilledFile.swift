import Basics
import FileTemplates
import FuzzSupport
import GuideText
import ProviderFormat
import Secrets

/// A template with values for it, and what must hold of what comes of them.
struct FilledFile {
  /// Longer ones are cut: a key of YAML that is longer than 1,024 characters is none, whoever wrote it.
  private static let valueLimit = 200
  /// What no format gives a meaning.
  private static let harmless = [Array("kk".utf8)]

  private let text: [UInt8]
  private let format: TemplateFormat
  private let values: [[UInt8]]
  private let plan: FillPlan

  init(_ text: [UInt8], choice: UInt8, values: [[UInt8]]) {
    let formats = TemplateFormat.allCases
    self.text = text
    self.values = values.map { Array($0.prefix(FilledFile.valueLimit)) }
    format = formats[Int(choice) % formats.count]
    plan = FillPlan(FileTemplate(text), as: format)
  }

  /// Where nothing is to be filled in, the file is the template.
  func keepsText() {
    guard text.withBytes({ $0.firstOffset(of: "{{".utf8) }) == nil else { return }
    guard plan.places.isEmpty else { fatalError("a place was found where no brace is") }
    guard let filled = filled(with: Self.harmless) else { return }
    let isSame = filled == text
    if !isSame { fatalError("text that is no value was changed") }
  }

  /// A value is one text of the file whatever it holds: with others in the same places the file says the same otherwise.
  func keepsShape() {
    guard !plan.places.isEmpty, !values.isEmpty, let plain = filled(with: Self.harmless),
      let own = filled(with: values), !repeatsKey(plain), !repeatsKey(own),
      let wanted = shape(of: plain)
    else { return }
    guard let found = shape(of: own) else {
      let file = String(decoding: own, as: UTF8.self)
      fatalError("with a value in it the file cannot be read: \(file)")
    }
    if found != wanted { fatalError("a value became more than a text: \(found), not \(wanted)") }
  }

  /// Whether a key stands twice in one map. A value within a key can make it the same as another, whatever is done with
  /// the value, and readers leave one of the two out.
  private func repeatsKey(_ file: [UInt8]) -> Bool {
    switch format {
    case .json:
      do throws(JSONError) {
        _ = try Value(json: String(decoding: file, as: UTF8.self))
        return false
      } catch {
        return error.reason == .duplicateKey
      }
    case .yaml:
      let findings = (try? YAMLReader.read(file, file: "f"))?.findings ?? []
      return findings.contains { $0.message.hasSuffix("a second time") }
    case .toml, .shell, .env, .raw, .unknown: return false
    }
  }

  /// Nil where the template or a value is refused.
  private func filled(with values: [[UInt8]]) -> [UInt8]? {
    var secrets = SecretMap<String>()
    for (index, place) in plan.places.enumerated() where !secrets.contains(place.name) {
      secrets.set(place.name, to: SecretBuffer(fuzz: values[index % values.count]))
    }
    do throws(TemplateFaults) {
      return try plan.fill(with: secrets).withBytes { $0.copied() }
    } catch {
      if error.faults.isEmpty { fatalError("a refusal without a reason") }
      return nil
    }
  }

  /// What a reader makes of it without its texts; nil where it is not read, or nobody here reads the format.
  private func shape(of file: [UInt8]) -> String? {
    switch format {
    case .json: (try? Value(json: String(decoding: file, as: UTF8.self))).map(shape)
    case .yaml:
      (try? YAMLReader.read(file, file: "f")).map { result in
        shape(of: result.value)
      }
    case .toml, .shell, .env, .raw, .unknown: nil
    }
  }

  private func shape(of value: Value) -> String {
    switch value {
    case .null: "n"
    case .bool: "b"
    case .int, .double: "1"
    case .string: "s"
    case .list(let list): "[" + list.map(shape).joined() + "]"
    case .map(let map): "{" + map.members.map { shape(of: $0.value) }.joined() + "}"
    }
  }
}
