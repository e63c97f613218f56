/// The Python that `.ci/setup --tests` makes for the tests, with packages that the system has not.
package enum TestPython {
  /// The folder of the project's build.
  package static let build = "\(tests)/../.build"

  /// Its interpreter; nil where it is not there or lacks one of these modules. Tests are skipped by name then.
  package static func interpreter(with modules: [String]) -> String? {
    let python = "\(build)/test-python/bin/python"
    let finds = "import importlib.util as u, sys; exit(None in map(u.find_spec, sys.argv[1:]))"
    return ChildProcess.run(python, ["-E", "-c", finds] + modules).status == 0 ? python : nil
  }

  /// Where a file below `Fixtures` lies.
  package static func fixture(_ path: String) -> String { "\(tests)/Fixtures/\(path)" }

  private static let tests: String =
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
    .joined(separator: "/")
}
