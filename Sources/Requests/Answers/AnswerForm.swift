internal import Basics
internal import Secrets

/// What an answer's body is, by what stands in it: content types are wrong too often to be believed alone.
enum AnswerForm: Equatable {
  case empty
  /// Also a broken one: `fault` says what is wrong with it.
  case json(fault: JSONError?)
  /// What begins with a tag and is no web page; whoever converts it finds out whether it is whole.
  case xml
  /// `name=value&name=value`, as a web form is sent.
  case form
  /// A web page, which is meant for a person and not for a program.
  case page
  case text

  /// - Parameters:
  ///   - body: UTF-8.
  ///   - type: the content type in lower case; empty when the answer names none.
  ///   - isCut: whether more would have followed.
  init(_ body: RawSpan, type: String, isCut: Bool) {
    guard let start = body.firstOffset(where: { !$0.isMarkupBlank }) else {
      self = .empty
      return
    }
    switch body[start] {
    case UInt8(ascii: "<"):
      self =
        WebPage.isPage(body, from: start, isSaidToBe: type.isOfPage) ? .page : .xml
      return
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      let fault = isCut ? nil : Self.fault(of: body)
      self = fault != nil && type.hasPrefix("text/plain") ? .text : .json(fault: fault)
      return
    default: break
    }
    if Self.fault(of: body) == nil {
      self = .json(fault: nil)
    } else if type.isOfForm || Self.isForm(body) {
      self = .form
    } else if type.isOfPage, WebPage.hasMarkup(body) {
      self = .page
    } else {
      self = .text
    }
  }

  private static func fault(of body: RawSpan) -> JSONError? {
    var reader = JSONReader(limits: .answers)
    do throws(JSONError) {
      try reader.skip(body)
      try reader.end(body)
      return nil
    } catch {
      return error
    }
  }

  /// Whether a text that does not say what it is has a name that token answers have.
  private static func isForm(_ body: RawSpan) -> Bool {
    let inner = body.extracting(body.rangeWithoutOuterBlanks)
    if inner.contains(where: { $0.isBlank }) { return false }
    return ["access_token=", "error=", "token_type=", "expires_in=", "oauth_token="].contains {
      inner.has($0.utf8) || inner.firstOffset(of: "&\($0)".utf8) != nil
    }
  }
}

extension String {
  /// Whether a content type, in lower case, is that of a web form without files.
  var isOfForm: Bool { hasPrefix("application/x-www-form-urlencoded") }

  /// Whether a content type, in lower case, is that of web pages.
  var isOfPage: Bool {
    hasPrefix("text/html") || hasPrefix("application/xhtml")
  }
}

/// Form data as the JSON object that it means, from buffer to buffer.
enum FormConversion {
  static func json(of body: RawSpan) -> SecretBuffer? {
    var json = SecretJSONWriter()
    json.beginObject()
    let inner = body.rangeWithoutOuterBlanks
    var start = inner.lowerBound
    while start < inner.upperBound {
      let end = body.firstOffset(from: start) { $0 == UInt8(ascii: "&") } ?? inner.upperBound
      let stop = min(end, inner.upperBound)
      let pair = body.extracting(start..<stop)
      let mark = pair.firstOffset { $0 == UInt8(ascii: "=") }.map { $0 + start } ?? stop
      if mark < stop, mark > start {
        let name = SecretBuffer(formDecoding: body.extracting(start..<mark))
        json.key(name.withBytes { $0.shownText })
        SecretBuffer(formDecoding: body.extracting(mark + 1..<stop)).withBytes { json.string($0) }
      }
      start = stop + 1
    }
    json.endObject()
    return json.finish()
  }
}
