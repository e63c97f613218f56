internal import Basics

extension Field {
  /// Reads one field's declaration; what cannot be read is left to the lint.
  init(id: ID, declaration: Value.Map, line: Int) {
    let empty = Field(id: id, line: line)
    self = Self.schema.read(.map(declaration), into: empty) ?? empty
  }

  private typealias Key = MapSchema<Self>.Key

  /// The keys of a field.
  package static let schema = MapSchema<Field>("a field") {
    Key("type", .text) { _, _ in }
    Key("title", .text) { $0.title = $1 }
    Key("description", .text) { $0.description = $1 }
    Key("example", .text) { $0.example = $1 }
    Key("pattern", .text) { $0.pattern = $1 }
    Key("format", .text) { $0.format = Format(rawValue: $1) }
    Key("enum", .list) { $0.choices = $1 }
    Key("optional", .flag) { $0.isOptional = $1 }
    Key("default_value", .text) { $0.defaultValue = $1 }
    Key("hidden", .flag) { $0.isHidden = $1 }
    Key("automated", .flag) { $0.isAutomated = $1 }
    Key("secret", .flag) { $0.isDeclaredSecret = $1 }
    Key("order", .number) { $0.order = $1 }
    Key("prefix", .text) { $0.prefix = $1 }
    Key("suffix", .text) { $0.suffix = $1 }
    Key("doc_section", .text) { $0.docSection = $1 }
    // What is missing in it is told with the field's name.
    Key("visible_when", .map) {
      $0.visibleWhen = Visibility.schema.read(.map($1), into: Visibility())
    }
    Key("warnings", .map) {
      let pairs = Value.map($1).templates.map { ($0.name, $0.template) }
      $0.warnings = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }
  }
}

extension Field.Visibility {
  init() { self.init(field: "", equals: "") }

  private typealias Key = MapSchema<Self>.Key

  static let schema = MapSchema<Self>("skip_when") {
    Key("field", .fieldName, need: .present) { $0.field = $1 }
    Key("equals", .text, need: .present, advice: "add the value to compare with") {
      $0.equals = $1
    }
  }
}

extension Value {
  /// `true`, also where an author put it in quotes: a secret must not become visible by a pair of quotes.
  var isTrue: Bool { bool == true || text == "true" }

  /// A whole number, also where it is written in quotes or as `1.0`.
  var wholeNumber: Int? {
    switch self {
    case .int(let int): int
    case .double(let double): Int(exactly: double)
    case .string(let string): Int(string)
    case .null, .bool, .list, .map: nil
    }
  }
}
