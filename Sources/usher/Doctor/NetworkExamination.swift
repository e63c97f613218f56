internal import Checking

/// What the live check will find: authorities to trust, and a proxy in between.
enum NetworkExamination {
  static func examine(_ options: NetworkOptions, environment: Environment) -> [Examination] {
    let settings = NetworkSettings(options.checkOptions) { environment[$0] }
    var examinations: [Examination] = []
    if let problem = settings.authorityProblem {
      examinations.append(
        Examination(
          "certificates", .bad, problem,
          advice: "without authorities no provider can be checked"))
    } else {
      let files = settings.authorityFiles.joined(separator: " and ")
      examinations.append(Examination("certificates", .good, "authorities from \(files)"))
    }
    if let proxy = environment["HTTPS_PROXY"] ?? environment["https_proxy"] {
      // A name and password may stand in front of the @.
      let host = proxy.split(separator: "@").last.map(String.init) ?? ""
      examinations.append(Examination("proxy", .good, "checks go through \(host)"))
    }
    return examinations
  }
}
