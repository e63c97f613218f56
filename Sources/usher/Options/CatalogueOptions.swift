internal import ArgumentParser
internal import Catalogues
internal import ProviderFormat

/// Where guides come from, for every command that needs one.
struct CatalogueOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A folder of guides and providers; its entries win over all others.", valueName: "dir"),
    completion: .directory)
  var guides: String?

  func validate() throws {
    guard guides?.isEmpty != true else {
      throw ValidationError("--guides names no folder: leave it out, or give the path of one.")
    }
  }

  /// - Parameter project: the folder of guides that a project brings along.
  func catalogue(project: String? = nil) -> Catalogue {
    CatalogueSources.catalogue(adding: guides, project: project)
  }

  /// The form of one provider.
  /// - Throws: `.noProvider` with names that look alike; `.unusableProvider` where its files are broken.
  func form(for slug: String) throws -> Form {
    try form(for: slug, in: catalogue())
  }

  func form(for slug: String, in catalogue: Catalogue) throws -> Form {
    let problem = catalogue.problem(with: slug)
    guard let form = catalogue.form(slug) else {
      if let problem { throw CommandError.unusableProvider(slug: slug, problem) }
      throw CommandError.noProvider(slug: slug, suggestions: catalogue.suggestions(for: slug))
    }
    if let problem {
      ErrorPrinter.warn("\(problem.text); the entry that is \(form.provider.origin.text) is used")
    }
    return form
  }
}
