import Basics
import Catalogues
import ProviderFormat
import Testing

@Suite struct ProvidersAsJSON {
  @Test func `a provider's entry survives the way through JSON`() throws {
    let catalogue = Catalogue(sources: [.builtIn])
    for entry in catalogue.entries {
      let provider = try #require(catalogue.provider(entry.slug))
      let json = Value.map(provider.entry).json
      let map = try #require(try Value(json: json).map)
      var again = Provider(
        slug: provider.slug, entry: map, origin: provider.origin, line: provider.line)
      for index in again.fields.indices { again.fields[index].line = provider.fields[index].line }
      #expect(again == provider)
    }
  }
}
