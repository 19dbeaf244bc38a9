// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The simulator's certificate authority: {@code ca.pem} for clients to trust and {@code
 * ca-key.pem}, readable by the owner only. It is created at first use and kept for later starts, so
 * that a client is configured once.
 *
 * <p>Clients check certificates against real time, so this class takes a real clock, not the
 * simulator's.
 */
final class CertificateAuthority {
  /** The name of the file with the authority's certificate. */
  static final String FILE = "ca.pem";

  private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);

  /** Beyond 825 days some platforms refuse a server's certificate. */
  private static final Duration SERVER_LIFE = Duration.ofDays(800);

  private static final Duration MIN_LIFE_LEFT = Duration.ofDays(30);
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A server's key with its certificate and the authority's. */
  record Issued(PrivateKey key, X509Certificate certificate, X509Certificate authority) {}

  private final Clock realTime;
  private final PrivateKey key;
  private final X509Certificate certificate;

  private CertificateAuthority(Clock realTime, PrivateKey key, X509Certificate certificate) {
    this.realTime = realTime;
    this.key = key;
    this.certificate = certificate;
  }

  /** The authority in the directory, or a new one if it is missing or expires soon. */
  static CertificateAuthority in(Path directory, Clock realTime) {
    Path file = directory.resolve(FILE);
    Path keyFile = directory.resolve("ca-key.pem");
    try {
      Files.createDirectories(directory);
      if (Files.exists(file) && Files.exists(keyFile)) {
        X509Certificate kept = readCertificate(file);
        if (kept.getNotAfter().toInstant().isAfter(realTime.instant().plus(MIN_LIFE_LEFT))) {
          return new CertificateAuthority(realTime, readKey(keyFile), kept);
        }
      }
      KeyPair pair = newKey();
      var name = new X500Name("CN=Syncline local CA, O=Syncline local-sim");
      Instant now = realTime.instant();
      var builder =
          builder(name, name, pair, now, AUTHORITY_LIFE)
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
              .addExtension(
                  Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      X509Certificate certificate = sign(builder, pair.getPrivate());
      writePrivate(keyFile, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
      Files.writeString(file, pem("CERTIFICATE", certificate.getEncoded()));
      return new CertificateAuthority(realTime, pair.getPrivate(), certificate);
    } catch (IOException | GeneralSecurityException | OperatorCreationException failure) {
      throw new IllegalStateException(
          "the local CA in " + directory + " cannot be read or created: " + failure, failure);
    }
  }

  /** A new certificate for a server with these DNS names and IP addresses. */
  Issued issue(List<String> dnsNames, List<String> addresses) {
    try {
      KeyPair pair = newKey();
      var names = new java.util.ArrayList<GeneralName>();
      dnsNames.forEach(name -> names.add(new GeneralName(GeneralName.dNSName, name)));
      addresses.forEach(address -> names.add(new GeneralName(GeneralName.iPAddress, address)));
      var utils = new JcaX509ExtensionUtils();
      var builder =
          builder(
                  X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()),
                  new X500Name("CN=Syncline local-sim"),
                  pair,
                  realTime.instant(),
                  SERVER_LIFE)
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
              .addExtension(
                  Extension.extendedKeyUsage,
                  false,
                  new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
              .addExtension(
                  Extension.authorityKeyIdentifier,
                  false,
                  utils.createAuthorityKeyIdentifier(certificate.getPublicKey()))
              .addExtension(
                  Extension.subjectAlternativeName,
                  false,
                  new GeneralNames(names.toArray(new GeneralName[0])));
      return new Issued(pair.getPrivate(), sign(builder, key), certificate);
    } catch (IOException | GeneralSecurityException | OperatorCreationException failure) {
      throw new IllegalStateException("the TLS certificate cannot be made: " + failure, failure);
    }
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, KeyPair pair, Instant now, Duration life)
      throws IOException, GeneralSecurityException {
    return new JcaX509v3CertificateBuilder(
            issuer,
            new BigInteger(127, RANDOM).setBit(126),
            Date.from(now.minus(Duration.ofDays(1))),
            Date.from(now.plus(life)),
            subject,
            pair.getPublic())
        .addExtension(
            Extension.subjectKeyIdentifier,
            false,
            new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey signer)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer)));
  }

  private static KeyPair newKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
    return generator.generateKeyPair();
  }

  private static X509Certificate readCertificate(Path file)
      throws IOException, GeneralSecurityException {
    try (var in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static PrivateKey readKey(Path file) throws IOException, GeneralSecurityException {
    String base64 = Files.readString(file).replaceAll("-----[^-]+-----|\\s", "");
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }

  private static void writePrivate(Path file, String text) throws IOException {
    Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "key", ".tmp");
    try {
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
    } catch (UnsupportedOperationException notPosix) {
      // Windows: only the directory's permissions apply.
    }
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String pem(String type, byte[] content) {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
    return "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n";
  }
}
