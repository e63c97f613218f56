/// Steps of a guide. A step is a screen: what to do, in numbered lines, and what to copy at the end.
extension ModeScaffold.Step {
  static let workspace = Self(
    title: "Find the name of your workspace",
    text: """
      1. Sign in at [SLUG.example](https://SLUG.example).
      2. Read the name in front of `.SLUG.example` in the address, and enter it below.
      """)

  static let createKey = Self(
    title: "Create an API key",
    text: """
      1. Open [API keys](https://SLUG.example/settings/keys) in the settings.
      2. Press **Create a key** and give it a name that tells what uses it.
         <img src="https://SLUG.example/figures/keys.png" alt="The page that lists your keys" />
      3. Copy the key and paste it below.

      <Warning>It is shown only once.</Warning>
      """)

  static let createUser = Self(
    title: "Create a user",
    text: """
      1. Open [Users](https://SLUG.example/settings/users) in the settings and press **New user**.
      2. Give it the smallest role that does what you need.
      3. Copy its name and its password, and paste them below.

      <Note>A user of its own can be locked later without locking out a person.</Note>
      """)

  static let createClient = Self(
    title: "Create a client",
    text: """
      1. Open [Clients](https://SLUG.example/settings/clients) in the settings and press **New client**.
      2. Choose **machine to machine**, and only the rights that you need.
      3. Copy the identifier and the secret, and paste them below.

      <Warning>The secret is shown only once.</Warning>
      """)

  static let createSigningKey = Self(
    title: "Create a private key",
    text: """
      1. Open [Signing keys](https://SLUG.example/settings/keys) in the settings and press **New key**.
      2. Download the private key, and copy the identifier that stands beside it.
      3. Enter both below. The key's file can be read as it is.

      <Warning>Delete the downloaded file when the account is linked.</Warning>
      """)

  static let readTerms = Self(
    title: "Read how the API may be used",
    text: "1. Open the [terms](https://SLUG.example/terms) and read how often it may be asked.")
}
