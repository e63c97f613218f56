/// Keys made for these tests only; they open nothing.
enum TestKeys {
  /// SHA-256 of the public key below in DER, in Base64.
  static let fingerprint = "SHA256:qX2mTFUig0Df8Q1fHsT6KANW5AcivvIA+qeGRylt1c4="

  static let rsa = """
    -----BEGIN PRIVATE KEY-----
    MIICdgIBADANBgkqhkiG9w0BAQEFAASCAmAwggJcAgEAAoGBAPeoIMuHoV6q1Bgt
    8E0awSP8SNCLMSKnIsbbATVPpl2Xs37wHWwbgaJpa5ndFxBRakgJj38jUt713bnh
    tQE+hpgTTh4mSn4++ZKAF/+xqJN47k5I/vtw4g4npx4pQrts6hF4ORFwTnrsUxAF
    dCtpb96mok3x7QlaKckZAxGdDVfXAgMBAAECgYBLGf8n+W9kJ+W9l2DB4RUk9oKW
    Sz+RRKH1L8DEC+1lgHV8TxB9EjJTsChjNnqiBi52vf94DJw65NBiaCHdyLpDlw+N
    SoAEMV5zCPNcWGUcpLyoYG66XyrE6xqZPhOv1A1zlifr8nUKu32ETLEX2tIToEgd
    XkggrTuvmmhlmsGlsQJBAP0+1X+N/kmBABpWm44uNw9A9IYR8zyYSlHPRLm+qrdy
    j/6tmwwZN4x3rVd+uM3jWV9cqTud2hREGCWduT0i2Q0CQQD6Wbt5JV6G/nQOpeLX
    OoI1QoaZfGOPCLbNHa++Vih3DdVcpVOU6W3tSe8onvTjgP/GBqIhfKsle8wg+CoX
    OXNzAkAJ0pwZXHqWg0hrvRw/gY9lKhHR+XRDz2xii/WQdtLMVsc7C6TN7VR4QFQa
    5rFoWv8mccOmqlLBInsFSn7a3jUpAkB3I0TIPjRh4a2xWtg8vKdCWUpcuIlYhDka
    G8qKtc3D+l1THYpND1k01z5tAlhf+/+8aWO2s/FugR9/gRnmu3xpAkEArnrALA+V
    elDch5/0CjlRV96vpUBMYkYry66UHIoRcvbRLI8LwqXj8HPnqb3JHnTwG/nVn8Us
    XSIgWiPwxeqdKQ==
    -----END PRIVATE KEY-----
    """

  static let rsaTraditional = """
    -----BEGIN RSA PRIVATE KEY-----
    MIICXAIBAAKBgQD3qCDLh6FeqtQYLfBNGsEj/EjQizEipyLG2wE1T6Zdl7N+8B1s
    G4GiaWuZ3RcQUWpICY9/I1Le9d254bUBPoaYE04eJkp+PvmSgBf/saiTeO5OSP77
    cOIOJ6ceKUK7bOoReDkRcE567FMQBXQraW/epqJN8e0JWinJGQMRnQ1X1wIDAQAB
    AoGASxn/J/lvZCflvZdgweEVJPaClks/kUSh9S/AxAvtZYB1fE8QfRIyU7AoYzZ6
    ogYudr3/eAycOuTQYmgh3ci6Q5cPjUqABDFecwjzXFhlHKS8qGBuul8qxOsamT4T
    r9QNc5Yn6/J1Crt9hEyxF9rSE6BIHV5IIK07r5poZZrBpbECQQD9PtV/jf5JgQAa
    VpuOLjcPQPSGEfM8mEpRz0S5vqq3co/+rZsMGTeMd61XfrjN41lfXKk7ndoURBgl
    nbk9ItkNAkEA+lm7eSVehv50DqXi1zqCNUKGmXxjjwi2zR2vvlYodw3VXKVTlOlt
    7UnvKJ7044D/xgaiIXyrJXvMIPgqFzlzcwJACdKcGVx6loNIa70cP4GPZSoR0fl0
    Q89sYov1kHbSzFbHOwukze1UeEBUGuaxaFr/JnHDpqpSwSJ7BUp+2t41KQJAdyNE
    yD40YeGtsVrYPLynQllKXLiJWIQ5GhvKirXNw/pdUx2KTQ9ZNNc+bQJYX/v/vGlj
    trPxboEff4EZ5rt8aQJBAK56wCwPlXpQ3Ief9Ao5UVfer6VATGJGK8uulByKEXL2
    0SyPC8Kl4/Bz56m9yR508Bv51Z/FLF0iIFoj8MXqnSk=
    -----END RSA PRIVATE KEY-----
    """

  static let rsaPublic = """
    -----BEGIN PUBLIC KEY-----
    MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQD3qCDLh6FeqtQYLfBNGsEj/EjQ
    izEipyLG2wE1T6Zdl7N+8B1sG4GiaWuZ3RcQUWpICY9/I1Le9d254bUBPoaYE04e
    Jkp+PvmSgBf/saiTeO5OSP77cOIOJ6ceKUK7bOoReDkRcE567FMQBXQraW/epqJN
    8e0JWinJGQMRnQ1X1wIDAQAB
    -----END PUBLIC KEY-----
    """

  /// The secret key of RFC 8032, section 7.1, test 2, in the form of RFC 8410.
  static let ed25519 = """
    -----BEGIN PRIVATE KEY-----
    MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7
    -----END PRIVATE KEY-----
    """
}
