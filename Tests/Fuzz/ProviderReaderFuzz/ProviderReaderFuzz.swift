import Basics

@testable import Catalogues
@testable import GuideText
@testable import GuideTools
@testable import ProviderFormat

/// Reads any bytes as a provider file, and makes of every entry what the program makes of it: a form, a generated
/// page, the lint's sentences, the export.
///
/// libFuzzer calls this in a loop; whatever must not happen stops the program.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzProviderReader(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // Safe: libFuzzer lends `count` bytes at `start` for the time of the call.
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  if PlainYAML(bytes) != nil {
    let plain = try? YAMLReader.read(bytes, file: "fuzz.yaml")
    let library = try? YAMLReader.readByLibrary(bytes, file: "fuzz.yaml", firstLine: 1)
    // As texts, lines and all: what is no number is not equal to itself.
    guard let plain, let library, "\(plain)" == "\(library)" else {
      fatalError("this is not read as libyaml reads it")
    }
  }
  let guide = Guide(slug: "fuzz", markdown: Array("## Step 1: A\n".utf8), file: "fuzz.md")
  for single in [nil, "fuzz"] {
    let file = ProviderFile(bytes, file: "fuzz.yaml", single: single)
    for entry in file.entries {
      let provider = Provider(
        slug: entry.slug, entry: entry.entry, origin: .builtIn, line: entry.line)
      let form = Form(provider: provider, guide: guide)
      for field in form.fields where Masking.isDeclared(field.field) && !field.isMasked {
        fatalError("\(field.id) is shown although it is a secret")
      }
      _ = Guide.generated(for: provider)
      _ = GuideLint.findings(for: provider, guide: guide, file: "fuzz.yaml")
      let json = ProviderExport.value(of: provider, at: nil, guide).json
      guard (try? Value(json: json)) != nil else { fatalError("the export is not valid JSON") }
    }
  }
  return 0
}
