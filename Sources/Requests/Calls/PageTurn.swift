internal import Basics
internal import ProviderFormat
internal import Secrets

/// The way from one page of a list to the next, by what an entry says of it.
struct PageTurn {
  /// Why there may be a next page, and yet it cannot be asked for.
  enum Fault: Error, Equatable {
    /// The entry does not say in which parameter the cursor goes.
    case noParameter
    /// The next page is said to be at another origin, which must not be given the credentials.
    /// - Parameter place: where; nil where the link leads nowhere.
    case otherOrigin(place: String?)
  }

  let pagination: Pagination
  /// How many items a page shall have; nil to leave that to the provider.
  var pageSize: Int?

  /// The request of the first page. Where a parameter counts, and the caller did not set it, it says where to begin.
  /// - Parameter given: what the caller's body has at a path.
  func first(_ call: APICall, given: (String) -> String? = { _ in nil }) -> APICall {
    var first = call
    if let pageSize, let parameter = pagination.sizeParameter {
      first = first.setting(parameter, toNumber: String(pageSize))
    }
    switch pagination.kind {
    case .link, .cursor: return first
    case .offset(let parameter, let start, _):
      guard call.takesMembers else {
        return call[parameter] == nil ? first.setting(parameter, toNumber: String(start)) : first
      }
      let own = given(parameter).flatMap { Int($0) }
      return first.setting(parameter, toNumber: String(own ?? start))
    }
  }

  /// The request of the next page; nil when there is none.
  ///
  /// - Parameters:
  ///   - answer: the last page.
  ///   - call: what asked for it.
  ///   - origin: where it was asked.
  func next(
    after answer: borrowing CheckAnswer, to call: APICall, at origin: Origin
  ) throws(Fault) -> APICall? {
    switch pagination.kind {
    case .link(let relation, let path):
      if let relation, let link = self.link(relation, of: answer) {
        return try follow(link, from: nil, call, at: origin)
      }
      guard let path, let link = text(at: path, in: answer) else { return nil }
      return try follow(link, from: base(ofLinkAt: path, in: answer), call, at: origin)
    case .cursor(let path, let parameter):
      // Where the entry does not say where the list is, the cursor alone tells whether it goes on.
      if pagination.listPath != nil, items(in: answer) ?? 0 == 0 { return nil }
      guard let cursor = text(at: path, in: answer) else { return nil }
      guard let parameter else { throw .noParameter }
      return isNumber(at: path, in: answer)
        ? call.setting(parameter, toNumber: cursor) : call.setting(parameter, to: cursor)
    case .offset(let parameter, let start, let unit):
      guard let count = items(in: answer), count > 0, count >= pageSize ?? 0 else { return nil }
      let place = call[parameter].flatMap { Int($0.trimmed) } ?? start
      let step = unit == .pages ? 1 : count
      let (next, isTooLarge) = place.addingReportingOverflow(step)
      return isTooLarge ? nil : call.setting(parameter, toNumber: String(next))
    }
  }

  private func link(_ relation: String, of answer: borrowing CheckAnswer) -> String? {
    for header in answer.headers where header.name.lowercased() == "link" {
      if let link = LinkHeader.address(of: relation, in: header.value) { return link }
    }
    return nil
  }

  /// A link brings all of its parameters along.
  private func follow(
    _ link: String, from base: String?, _ call: APICall, at origin: Origin
  ) throws(Fault) -> APICall {
    var next = call
    next.parameters = []
    let address: String?
    if link.isAbsolute {
      address = link
    } else if link.hasPrefix("//") {
      address = "\(origin.scheme.rawValue):\(link)"
    } else {
      address = base.map { RequestBuilder.join($0, link) }
    }
    guard let address else {
      next.target = .link(link)
      return next
    }
    let asked = address.withBytes { try? Origin(ofAddress: $0) }
    guard asked == origin else { throw .otherOrigin(place: asked?.description) }
    next.target = .address(address)
    return next
  }

  /// What a relative link is relative to, where the answer says it beside the link: `_links.base` of `_links.next`.
  private func base(ofLinkAt path: String, in answer: borrowing CheckAnswer) -> String? {
    guard let dot = path.lastIndex(of: ".") else { return nil }
    let base = text(at: path[..<dot] + ".base", in: answer)
    return base.flatMap { $0.isAbsolute ? $0 : nil }
  }

  /// A text without blanks at its ends, or a number; nil when there is none. Neither links nor cursors are secrets.
  private func text(at path: String, in answer: borrowing CheckAnswer) -> String? {
    let isXML = answer.isXML
    let text = answer.withJSON { body -> String? in
      let path = JSONPath(path, isXML: isXML)
      guard let range = path.find(in: body), !body.extracting(range).isTruthValue else {
        return nil
      }
      return path.text(at: range, in: body)?.withBytes { $0.shownText.trimmed }
    }
    return text == "" ? nil : text
  }

  private func isNumber(at path: String, in answer: borrowing CheckAnswer) -> Bool {
    let path = JSONPath(path, isXML: answer.isXML)
    return !answer.isXML
      && answer.withJSON { body in
        path.find(in: body).map { body[$0.lowerBound] != UInt8(ascii: "\"") } ?? false
      }
  }

  /// How long the list is; nil when there is none.
  private func items(in answer: borrowing CheckAnswer) -> Int? {
    let path = JSONPath(pagination.listPath ?? "", isXML: answer.isXML)
    return answer.withJSON { body in
      path.find(in: body).flatMap { body.extracting($0).elementCount }
    }
  }
}

extension APICall {
  /// Whether what leads to a page is a member of the body instead of a parameter.
  var takesMembers: Bool { ["POST", "PUT", "PATCH"].contains(method ?? "GET") }

  /// The value of a parameter, or of what stands in its place in the body; nil when it is not set.
  fileprivate subscript(name: String) -> String? {
    if takesMembers { return bodyMembers.last { $0.path == name }?.json }
    return parameters.last { $0.name == name }?.value ?? valueInTarget(of: name)
  }

  /// The value that a parameter has in what was typed.
  private func valueInTarget(of name: String) -> String? {
    guard case .path(let path) = target, let mark = path.firstIndex(of: "?") else { return nil }
    var found: String?
    let query = path[path.index(after: mark)...].prefix { $0 != "#" }
    String(query).withBytes { query in
      FormMerge.forEachPair(of: query) { _, key, value in
        if found == nil, key.equals(name.utf8) { found = value.shownText }
      }
    }
    return found
  }

  /// With a number, as it is written.
  fileprivate func setting(_ name: String, toNumber number: String) -> APICall {
    takesMembers ? setting(BodyMember(path: name, json: number)) : setting(name, parameter: number)
  }

  fileprivate func setting(_ name: String, to text: String) -> APICall {
    takesMembers
      ? setting(BodyMember(path: name, json: Value.string(text).json))
      : setting(name, parameter: text)
  }

  private func setting(_ name: String, parameter value: String) -> APICall {
    var call = self
    call.parameters.removeAll { $0.name == name }
    call.parameters.append(Parameter(name: name, value: value))
    return call
  }

  private func setting(_ member: BodyMember) -> APICall {
    var call = self
    call.bodyMembers.removeAll { $0.path == member.path }
    call.bodyMembers.append(member)
    return call
  }
}

extension String {
  /// Whether it is an address with its scheme, and no path.
  var isAbsolute: Bool {
    let start = prefix(8).lowercased()
    return start.hasPrefix("https://") || start.hasPrefix("http://")
  }
}

extension RawSpan {
  fileprivate var isTruthValue: Bool { equals("true".utf8) || equals("false".utf8) }

  /// How many elements a JSON array has; nil when it is none.
  fileprivate var elementCount: Int? {
    var reader = JSONReader(limits: .answers)
    var count = 0
    do throws(JSONError) {
      try reader.array(self) { reader throws(JSONError) in
        try reader.skip(self)
        count += 1
      }
    } catch {
      return nil
    }
    return count
  }
}
