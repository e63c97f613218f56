internal import Basics
internal import ProviderFormat
internal import Secrets

/// The body of a call: the caller's, with the members that the entry adds to every body (`proxy.body`), and those that
/// pages set.
struct BodyMerge {
  private enum Form {
    case json, form
    case multipart(boundary: String)
    case opaque
  }

  let builder: RequestBuilder
  /// In capitals.
  let method: String
  /// The content type.
  let type: String

  /// Nil where there is nothing to send, or it is read while it is sent.
  func content(
    of body: borrowing CallBody, with members: [APICall.BodyMember],
    from sources: borrowing TemplateContext
  ) throws(RequestError) -> PreparedBody? {
    let own = try ownMembers(from: sources)
    let adds = own != nil || !members.isEmpty
    switch body.source {
    case .nowhere:
      if !adds { return nil }
      return try merged(SecretBuffer(copying: RawSpan()), own, members, from: sources)
    case .content(let content):
      guard adds else { return PreparedBody(content: content.trimmedCopy(), format: format) }
      return try merged(content.trimmedCopy(), own, members, from: sources)
    case .stream:
      if adds, !isOpaque { throw .needsWholeBody }
      return nil
    }
  }

  /// Whether a body of this type is read as a whole where the entry has members to add.
  var isOpaque: Bool {
    if case .opaque = form { return true }
    return false
  }

  /// The entry's members that have their values; nil where none are added.
  private func ownMembers(
    from sources: borrowing TemplateContext
  ) throws(RequestError) -> Value.Map? {
    guard ["POST", "PUT", "PATCH", "DELETE"].contains(method) else { return nil }
    let declared = builder.provider.proxy.body
    if declared.members.isEmpty { return nil }
    return try BodyEncoder(builder, .verification).kept(.map(declared), from: sources)?.map
  }

  private func merged(
    _ content: consuming SecretBuffer, _ own: Value.Map?, _ members: [APICall.BodyMember],
    from sources: borrowing TemplateContext
  ) throws(RequestError) -> PreparedBody {
    let own = own ?? .init()
    let encoder = BodyEncoder(builder, .verification)
    switch form {
    case .json:
      let added = try encoder.json(.map(own), from: sources)
      return PreparedBody(
        content: try JSONMerge.merge(content, with: added, setting: members), format: .json)
    case .form:
      if !members.isEmpty { throw .badBody }
      let added = try encoder.form(own.members, from: sources)
      return PreparedBody(content: try FormMerge.merge(content, with: added), format: .form)
    case .multipart(let boundary):
      if !members.isEmpty { throw .badBody }
      let added = try encoder.form(own.members, from: sources)
      return PreparedBody(
        content: try MultipartForm.merge(content, boundary: boundary, with: added), format: .text)
    case .opaque:
      if !members.isEmpty { throw .badBody }
      return PreparedBody(content: content, format: .text)
    }
  }

  private var form: Form {
    let kind = type.lowercased()
    if kind.isOfForm { return .form }
    if kind.hasPrefix("multipart/form-data") {
      return MultipartForm.boundary(in: type).map { .multipart(boundary: $0) } ?? .opaque
    }
    return kind.prefix { $0 != ";" }.contains("json") ? .json : .opaque
  }

  /// What the transport and signatures have to know of it.
  private var format: BodyFormat {
    switch form {
    case .json: .json
    case .form: .form
    case .multipart, .opaque: .text
    }
  }
}

extension SecretBuffer {
  /// A second copy without room for more.
  fileprivate borrowing func trimmedCopy() -> SecretBuffer {
    withBytes { SecretBuffer(copying: $0) }
  }
}
