/// The article on the files of a provider, for whoever writes one with nothing but the program at hand.
package enum ProviderFilesArticle {
  /// As it stands in the archive of documentation.
  package static var markdown: [UInt8] { PackageResources.ProviderFiles_md }
}
