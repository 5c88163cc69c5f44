package dev.binnacle.local.ca;

import dev.binnacle.local.AtomicFile;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The instance's own certificate authority: one root, kept in a folder, that signs a certificate for each workload.
 *
 * <p>Thread-safe. Keys are P-256; the root's key is readable by its owner alone.
 */
public final class CertificateAuthority {
    private static final Duration ROOT_LIFE = Duration.ofDays(365);
    private static final Duration ROOT_MARGIN = Duration.ofDays(30);

    /** Clocks of one machine agree; this is for a certificate that is used in the second it was made. */
    private static final Duration BACKDATED = Duration.ofMinutes(2);

    private static final String SIGNATURE = "SHA256withECDSA";
    private static final int LONGEST_NAME = 64;

    private final Credential root;
    private final InstantSource clock;
    private final SecureRandom random;

    private CertificateAuthority(Credential root, InstantSource clock, SecureRandom random) {
        this.root = root;
        this.clock = clock;
        this.random = random;
    }

    /** Opens the authority in {@code folder}; makes a new root when there is none, or its time is almost over. */
    public static CertificateAuthority open(Path folder, InstantSource clock) throws IOException {
        var random = new SecureRandom();
        Optional<Credential> kept =
                read(folder).filter(root -> root.until().isAfter(clock.instant().plus(ROOT_MARGIN)));
        Credential root = kept.isPresent() ? kept.get() : create(folder, clock, random);
        return new CertificateAuthority(root, clock, random);
    }

    private static Optional<Credential> read(Path folder) {
        try {
            return Optional.of(new Credential(
                    Pem.certificate(Files.readString(certificateFile(folder))),
                    Pem.key(Files.readString(keyFile(folder)))));
        } catch (IOException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static Credential create(Path folder, InstantSource clock, SecureRandom random) throws IOException {
        KeyPair pair = newKeys(random);
        var name = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, "cluster.local")
                .addRDN(BCStyle.CN, "Binnacle local CA " + serial(random).toString(36))
                .build();
        Instant now = clock.instant();
        var builder = new JcaX509v3CertificateBuilder(
                name,
                serial(random),
                Date.from(now.minus(BACKDATED)),
                Date.from(now.plus(ROOT_LIFE)),
                name,
                pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        var root = new Credential(sign(builder, pair), pair.getPrivate());
        AtomicFile.writePrivate(keyFile(folder), Pem.of(root.key()));
        AtomicFile.write(certificateFile(folder), Pem.of(root.certificate()));
        return root;
    }

    private static Path certificateFile(Path folder) {
        return folder.resolve("root-cert.pem");
    }

    private static Path keyFile(Path folder) {
        return folder.resolve("root-key.pem");
    }

    /** Returns the root certificate as PEM. */
    public String rootPem() {
        return Pem.of(root.certificate());
    }

    /** Returns the root certificate. */
    public X509Certificate root() {
        return root.certificate();
    }

    /** Issues a certificate that holds for {@code life} from now, with a new key. */
    public Credential issue(WorkloadIdentity identity, Duration life) {
        return issue(
                subject(identity),
                new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, identity.spiffe())),
                life);
    }

    /** Issues one for hosts, which may begin with {@code *.}, and addresses. */
    public Credential issue(List<String> hosts, Duration life) {
        var names = hosts.stream()
                .map(host -> new GeneralName(
                        host.matches("[0-9.]+|.*:.*") ? GeneralName.iPAddress : GeneralName.dNSName, host))
                .toArray(GeneralName[]::new);
        var subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, shortened(hosts.getFirst()))
                .build();
        return issue(subject, new GeneralNames(names), life);
    }

    private Credential issue(X500Name subject, GeneralNames names, Duration life) {
        try {
            KeyPair pair = newKeys(random);
            Instant now = clock.instant();
            var builder = new JcaX509v3CertificateBuilder(
                    X500Name.getInstance(
                            root.certificate().getSubjectX500Principal().getEncoded()),
                    serial(random),
                    Date.from(now.minus(BACKDATED)),
                    Date.from(now.plus(life)),
                    subject,
                    pair.getPublic());
            addExtensions(builder, names);
            return new Credential(
                    sign(builder, new KeyPair(root.certificate().getPublicKey(), root.key())), pair.getPrivate());
        } catch (CertIOException e) {
            throw new IllegalStateException("cannot issue a certificate for " + subject, e);
        }
    }

    private static void addExtensions(JcaX509v3CertificateBuilder builder, GeneralNames names) throws CertIOException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(
                Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
            KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
        }));
        builder.addExtension(Extension.subjectAlternativeName, false, names);
    }

    /** The receiving sidecar reads source labels from this subject (recipe: envoy, section 2). */
    private static X500Name subject(WorkloadIdentity identity) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, shortened(identity.namespace()))
                .addRDN(BCStyle.OU, shortened(identity.app()))
                .addRDN(BCStyle.OU, shortened(identity.version()))
                .addRDN(BCStyle.CN, shortened(identity.workload()))
                .build();
    }

    /** X.509 limits a common name to 64 characters. */
    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, KeyPair signer) {
        try {
            var contentSigner = new JcaContentSignerBuilder(SIGNATURE).build(signer.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(contentSigner));
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot sign with " + SIGNATURE, e);
        }
    }

    private static KeyPair newKeys(SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no P-256 keys", e);
        }
    }

    private static BigInteger serial(SecureRandom random) {
        return new BigInteger(126, random).setBit(125);
    }
}
