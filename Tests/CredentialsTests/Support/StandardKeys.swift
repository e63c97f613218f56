/// Keys that standards print in their examples, and keys made for these tests. They open nothing.
enum StandardKeys {
  /// RFC 7515, A.1.
  static let hmac = """
    {"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcg\
    UuTwjAzZr1Z9CAow"}
    """

  /// RFC 7515, A.2.
  static let rsa = """
    {"kty":"RSA","kid":"joe-1","e":"AQAB",
    "n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt\
    0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSX\
    ndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5\
    IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
    "d":"Eq5xpGnNCivDflJsRQBXHx1hdR1k6Ulwe2JZD50LpXyWPEAeP88vLNO97IjlA7_GQ5sLKMgvfTeXZx9SE-7YwVol\
    2NXOoAJe46sui395IW_GO-pWJ1O0BkTGoVEn2bKVRUCgu-GjBVaYLU6f3l9kJfFNS3E0QbVdxzubSu3Mkqzjkn43\
    9X0M_V51gfpRLI9JYanrC4D4qAdGcopV_0ZHHzQlBjudU2QvXt4ehNYTCBr6XCLQUShb1juUO1ZdiYoFaFQT5Tw8\
    bGUl_x_jTj3ccPDVZFD9pIuhLhBOneufuBiB4cS98l2SR_RQyGWSeWjnczT0QU91p1DhOVRuOopznQ",
    "p":"4BzEEOtIpmVdVEZNCqS7baC4crd0pqnRH_5IB3jw3bcxGn6QLvnEtfdUdiYrqBdss1l58BQ3KhooKeQTa9AB0Hw_\
    Py5PJdTJNPY8cQn7ouZ2KKDcmnPGBY5t7yLc1QlQ5xHdwW1VhvKn-nXqhJTBgIPgtldC-KDV5z-y2XDwGUc",
    "q":"uQPEfgmVtjL0Uyyx88GZFF1fOunH3-7cepKmtH4pxhtCoHqpWmT8YAmZxaewHgHAjLYsp1ZSe7zFYHj7C6ul7Tje\
    LQeZD_YwD66t62wDmpe_HlB-TnBA-njbglfIsRLtXlnDzQkv5dTltRJ11BKBBypeeF6689rjcJIDEz9RWdc"}
    """

  /// The same without its primes.
  static let rsaWithoutPrimes = """
    {"kty":"RSA","e":"AQAB",
    "n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt\
    0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSX\
    ndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5\
    IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
    "d":"Eq5xpGnNCivDflJsRQBXHx1hdR1k6Ulwe2JZD50LpXyWPEAeP88vLNO97IjlA7_GQ5sLKMgvfTeXZx9SE-7YwVol\
    2NXOoAJe46sui395IW_GO-pWJ1O0BkTGoVEn2bKVRUCgu-GjBVaYLU6f3l9kJfFNS3E0QbVdxzubSu3Mkqzjkn43\
    9X0M_V51gfpRLI9JYanrC4D4qAdGcopV_0ZHHzQlBjudU2QvXt4ehNYTCBr6XCLQUShb1juUO1ZdiYoFaFQT5Tw8\
    bGUl_x_jTj3ccPDVZFD9pIuhLhBOneufuBiB4cS98l2SR_RQyGWSeWjnczT0QU91p1DhOVRuOopznQ"}
    """

  /// RFC 7515, A.3.
  static let p256 = """
    {"kty":"EC","crv":"P-256","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI",
    "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
    "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}
    """

  /// RFC 7515, A.4.
  static let p521 = """
    {"kty":"EC","crv":"P-521",
    "d":"AY5pb7A0UFiB3RELSD64fTLOSV_jazdF7fLYyuTw8lOfRhWg6Y6rUrPAxerEzgdRhajnu0ferB0d53vM9mE1\
    5j2C"}
    """

  /// RFC 8037, A.1.
  static let ed25519 = """
    {"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
    "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
    """

  /// One key in the forms of PKCS #8 and SEC 1, and its public half.
  static let ellipticPKCS8 = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgtxxq6+LpCZz85qa9
    DG0VZdoYyNn8cvouPal4CUnerCmhRANCAAQvoPP0V63my39YeZTkx1VzLiu/o+Ua
    /l5ZcYjTqnZUTGO6ulMRcT4Yk85C2LsSV/GBZNAIUvl3oilb3fIgHd43
    -----END PRIVATE KEY-----
    """
  static let ellipticSEC1 = """
    -----BEGIN EC PRIVATE KEY-----
    MHcCAQEEILccauvi6Qmc/OamvQxtFWXaGMjZ/HL6Lj2peAlJ3qwpoAoGCCqGSM49
    AwEHoUQDQgAEL6Dz9Fet5st/WHmU5MdVcy4rv6PlGv5eWXGI06p2VExjurpTEXE+
    GJPOQti7ElfxgWTQCFL5d6IpW93yIB3eNw==
    -----END EC PRIVATE KEY-----
    """
  static let ellipticPublic = """
    -----BEGIN PUBLIC KEY-----
    MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEL6Dz9Fet5st/WHmU5MdVcy4rv6Pl
    Gv5eWXGI06p2VExjurpTEXE+GJPOQti7ElfxgWTQCFL5d6IpW93yIB3eNw==
    -----END PUBLIC KEY-----
    """

  /// The beginning of a key with a passphrase; more is never read.
  static let encrypted = """
    -----BEGIN ENCRYPTED PRIVATE KEY-----
    MIIFNTBfBgkqhkiG9w0BBQ0wUjAxBgkqhkiG9w0BBQwwJAQQwxIULNTY21WC0YY3
    epThJwICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEIq4f0Tjfdgh7MQx
    QG/BR2MEggTQ2EDsvwvAmytsoeUt7msq745L2F4RFvWW84GzWApQ5pA6lYT/wyXN
    S52XOilHDSgbuBF8OX3RPIaQdP2rCCRtSrj3qzHF+3X64xk9lhBhC9xofELPB/Ad
    -----END ENCRYPTED PRIVATE KEY-----
    """
  static let encryptedTraditional = """
    -----BEGIN RSA PRIVATE KEY-----
    Proc-Type: 4,ENCRYPTED
    DEK-Info: AES-256-CBC,0123456789ABCDEF0123456789ABCDEF

    MIIEpAIBAAKCAQEA
    -----END RSA PRIVATE KEY-----
    """
}
