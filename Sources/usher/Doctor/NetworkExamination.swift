internal import Basics
internal import Checking
internal import Store

/// What the live check will find: authorities to trust, and a proxy in between.
enum NetworkExamination {
  static func examine(_ options: NetworkOptions, environment: StoreEnvironment) -> [Examination] {
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
    if let problem = settings.proxyProblem {
      examinations.append(
        Examination(
          "proxy", .bad, problem, advice: "correct HTTPS_PROXY, or unset it to ask directly"))
    } else if let proxy = settings.proxy {
      examinations.append(Examination("proxy", .good, "checks go through \(proxy)"))
    }
    return examinations
  }
}
