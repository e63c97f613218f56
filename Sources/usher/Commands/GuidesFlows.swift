internal import ArgumentParser
internal import Basics
internal import Catalogues
internal import GuideText
internal import ProviderFormat
internal import Requests

/// `usher guides flows`
struct GuidesFlows: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "flows",
    abstract: "The requests that come of a folder's providers, to compare with known ones.",
    discussion: """
      FILE is a JSON object of providers. Of each it tells what goes into its requests (inputs), and answers that were \
      made up (steps[].answer_before, next_page.answer, discovery.answers, register.answer); variants are the same with \
      other inputs. Printed is the same object with the requests: token, steps, refresh, request, next_page, and of a \
      browser's flow discovery, register, request_token, authorize, user_token, user_refresh. What cannot be worked out \
      is left out. Nobody is asked, and what FILE holds is printed: it is for samples, not for secrets.

      EXAMPLES
        usher guides flows --from ./guides --inputs flows.json
      """)

  @Option(help: "The folder.", completion: .directory) var from: String
  @Option(
    help: ArgumentHelp("The inputs, by provider.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var inputs: String

  /// In bytes. A table of a thousand providers has 2 MB.
  private static let fileLimit = 32 * 1024 * 1024

  func perform() throws -> ExitCode {
    let table = try read()
    let catalogue = Catalogue(sources: [.namedFolder(from)])
    var separator = "{"
    for flow in table.members {
      Console.document("\(separator)\(Value.string(flow.key).json):")
      separator = ","
      if let provider = catalogue.provider(flow.key) {
        Console.secret(try ProviderFlow(provider, given: flow.value).json())
      } else {
        Console.document("{}")
      }
    }
    Console.document(table.members.isEmpty ? "{}" : "}")
    return .done
  }

  private func read() throws(CommandError) -> Value.Map {
    let bytes: [UInt8]
    do throws(GuideFile.Problem) {
      bytes = try GuideFile.read(inputs, limit: Self.fileLimit)
    } catch {
      let finding = error.finding(file: inputs)
      throw .failed(
        Explanation(
          what: "cannot read \(inputs)", why: finding.message, advice: finding.advice))
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let limits = JSONLimits(bytes: Self.fileLimit, depth: JSONLimits.standard.depth)
    do throws(JSONError) {
      if let map = try Value(json: text, limits: limits).map { return map }
    } catch {
      throw .failed(
        Explanation(
          what: "\(inputs) is no JSON", why: error.message,
          advice: "give an object of providers and their inputs"))
    }
    throw .failed(
      Explanation(
        what: "\(inputs) holds no object", why: "the requests are told by provider",
        advice: #"write {"PROVIDER": {"inputs": {…}}}"#))
  }
}
