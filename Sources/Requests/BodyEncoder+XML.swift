internal import Basics
internal import ProviderFormat
internal import Secrets

extension BodyEncoder {
  /// Members as XML: a member is an element, one whose name starts with `$` an attribute of the element around it, a
  /// list the same element several times, `#text` the text beside other members. A name that starts with `?` is a
  /// processing instruction, as `?xml` is.
  func xml(
    _ members: [Value.Member], from sources: borrowing TemplateContext
  ) throws(RequestError) -> SecretBuffer {
    var xml = SecretWriter()
    for member in members {
      try writeElements(member.key, member.value, from: sources, to: &xml)
    }
    guard let text = xml.finish() else { throw .tooLong }
    return text
  }

  /// A text that is XML but for the values of its placeholders.
  func xml(
    _ template: Template, from sources: borrowing TemplateContext
  ) throws(RequestError) -> SecretBuffer {
    var xml = SecretWriter()
    for part in template.parts {
      if case .literal(let text) = part {
        xml.append(text: text)
      } else {
        try append(Template(parts: [part]), from: sources, to: &xml)
      }
    }
    guard let text = xml.finish() else { throw .tooLong }
    return text
  }

  private func writeElements(
    _ name: String, _ value: Value, from sources: borrowing TemplateContext,
    to xml: inout SecretWriter
  ) throws(RequestError) {
    if let list = value.list {
      for element in list { try writeElements(name, element, from: sources, to: &xml) }
      return
    }
    xml.append(text: "<\(name)")
    let members = value.map?.members ?? []
    for member in members where member.key.hasPrefix("$") {
      xml.append(text: " \(member.key.dropFirst())=\"")
      try writeText(member.value, from: sources, to: &xml)
      xml.append(text: "\"")
    }
    if name.hasPrefix("?") {
      xml.append(text: "?>")
      return
    }
    xml.append(text: ">")
    if value.map == nil { try writeText(value, from: sources, to: &xml) }
    for member in members where !member.key.hasPrefix("$") {
      if member.key == "#text" {
        try writeText(member.value, from: sources, to: &xml)
      } else {
        try writeElements(member.key, member.value, from: sources, to: &xml)
      }
    }
    xml.append(text: "</\(name)>")
  }

  private func writeText(
    _ value: Value, from sources: borrowing TemplateContext, to xml: inout SecretWriter
  ) throws(RequestError) {
    guard let text = value.text else { return }
    guard case .string = value else { return xml.append(text: text) }
    try append(Template(text), from: sources, to: &xml)
  }

  private func append(
    _ template: Template, from sources: borrowing TemplateContext, to xml: inout SecretWriter
  ) throws(RequestError) {
    let fits = try filled(template, from: sources)?.withBytes { xml.append(xmlEscaped: $0) }
    if fits == false { throw .badPart(name: template.names.first ?? "a value", .noXML) }
  }
}
