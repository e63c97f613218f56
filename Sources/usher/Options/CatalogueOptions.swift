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

  func catalogue() -> Catalogue {
    CatalogueSources.catalogue(adding: guides)
  }

  /// The form of one provider.
  /// - Throws: `.noProvider` with names that look alike.
  func form(for slug: String) throws -> Form {
    try form(for: slug, in: catalogue())
  }

  func form(for slug: String, in catalogue: Catalogue) throws -> Form {
    guard let form = catalogue.form(slug) else {
      throw CommandError.noProvider(slug: slug, suggestions: catalogue.suggestions(for: slug))
    }
    return form
  }
}
