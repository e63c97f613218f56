internal import ProviderFormat

/// The mode INSTALL_PLUGIN: the plugin is installed in a browser, and its requests carry its identifier and its key as a
/// user name and a password. It is checked like them.
struct InstallPluginRequests: RequestRules {
  func headers(for provider: Provider, hasToken: Bool) -> [Provider.NamedTemplate] {
    BasicRequests().headers(for: provider, hasToken: hasToken)
  }
}
