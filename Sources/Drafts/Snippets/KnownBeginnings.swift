internal import Basics

/// How keys of well-known services begin: what the services themselves publish, so that a key that strayed is found.
enum KnownBeginnings {
  /// Longer ones first where one begins as another does. `least` is how many characters follow at least.
  private static let all: [(text: String, service: String, least: Int)] = [
    ("tskey-", "Tailscale", 12), ("tly-", "Tally", 12), ("github_pat_", "GitHub", 20),
    ("ghp_", "GitHub", 20), ("gho_", "GitHub", 20), ("ghu_", "GitHub", 20), ("ghs_", "GitHub", 20),
    ("glpat-", "GitLab", 16), ("glptt-", "GitLab", 16), ("xoxb-", "Slack", 16),
    ("xoxp-", "Slack", 16), ("xoxa-", "Slack", 16), ("xapp-", "Slack", 16),
    ("sk_live_", "Stripe", 12), ("sk_test_", "Stripe", 12), ("rk_live_", "Stripe", 12),
    ("rk_test_", "Stripe", 12), ("whsec_", "Stripe", 16), ("sk-ant-", "Anthropic", 16),
    ("sk-or-", "OpenRouter", 16), ("sk-proj-", "OpenAI", 16), ("sk-", "OpenAI", 20),
    ("AIza", "Google", 30), ("ya29.", "Google", 20),
    ("GOCSPX-", "Google", 20), ("SG.", "SendGrid", 30), ("key-", "Mailgun", 30),
    ("npm_", "npm", 30), ("pypi-", "PyPI", 30), ("dop_v1_", "DigitalOcean", 30),
    ("hf_", "Hugging Face", 20), ("shpat_", "Shopify", 20), ("shpss_", "Shopify", 20),
    ("shpca_", "Shopify", 20), ("lin_api_", "Linear", 20), ("lin_oauth_", "Linear", 20),
    ("secret_", "Notion", 30), ("ntn_", "Notion", 20), ("figd_", "Figma", 20),
    ("sq0csp-", "Square", 20), ("sq0atp-", "Square", 20), ("EAAA", "Square", 50),
    ("hvs.", "Vault", 20), ("hvb.", "Vault", 20), ("dp.pt.", "Doppler", 20),
    ("PMAK-", "Postman", 20), ("pat-na1-", "HubSpot", 20), ("pat-eu1-", "HubSpot", 20),
    ("re_", "Resend", 20), ("rnd_", "Render", 20), ("phc_", "PostHog", 30),
    ("phx_", "PostHog", 30), ("nvapi-", "NVIDIA", 20), ("gsk_", "Groq", 20),
    ("r8_", "Replicate", 20),
    ("ATATT", "Atlassian", 20), ("ATCTT", "Atlassian", 20), ("cfut_", "Cloudflare", 20),
    ("fly_", "Fly.io", 20), ("tfp_", "Typeform", 20), ("pscale_", "PlanetScale", 20),
    ("sbp_", "Supabase", 20), ("xkeysib-", "Brevo", 20), ("pplx-", "Perplexity", 20),
    ("AGE-SECRET-KEY-", "age", 20),
  ]

  /// Whose key a text is; nil when it begins like none, or is too short or too much like words to be one.
  static func service(of text: RawSpan) -> String? {
    let known = all.first { entry in
      text.byteCount >= entry.text.utf8.count + entry.least && text.has(entry.text.utf8)
    }
    guard let known, !text.contains(where: { !$0.isGraphic }) else { return nil }
    // Words with hyphens may begin like a key: "key-account-management-of-the-north".
    let rest = text.extracting(known.text.utf8.count..<text.byteCount)
    let digits = (0..<rest.byteCount).count { rest[$0].isDigit }
    let capitals = (0..<rest.byteCount).count { rest[$0].isUppercase }
    return digits + capitals >= 3 ? known.service : nil
  }
}
