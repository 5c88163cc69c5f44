package dev.binnacle.mesh.credential;

import dev.binnacle.mesh.ir.Hidden;
import java.io.ByteArrayInputStream;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads certificates and lists of revoked ones. */
public final class Certificates {
    private static final int DNS = 2;
    private static final int IP_ADDRESS = 7;

    private Certificates() {}

    /** Returns the certificates of a PEM text in order; there is at least one. */
    public static List<X509Certificate> read(Hidden pem) throws UnusableException {
        var all = new ArrayList<X509Certificate>();
        for (var block : PemBlocks.read(pem)) {
            if (block.label().equals("CERTIFICATE")) {
                all.add(certificate(block.der(), all.size() + 1));
            }
        }
        if (all.isEmpty()) {
            throw new UnusableException("there is no certificate in it");
        }
        return List.copyOf(all);
    }

    private static X509Certificate certificate(byte[] der, int number) throws UnusableException {
        try {
            return (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new UnusableException("certificate " + number + " in it is not readable");
        }
    }

    /** Checks lists of revoked certificates. */
    static void checkRevoked(Hidden pem) throws UnusableException {
        for (var block : PemBlocks.read(pem)) {
            try {
                if (block.label().equals("X509 CRL")) {
                    factory().generateCRL(new ByteArrayInputStream(block.der()));
                    return;
                }
            } catch (CRLException e) {
                throw new UnusableException("its list of revoked certificates is not readable");
            }
        }
        throw new UnusableException("there is no list of revoked certificates in it");
    }

    private static CertificateFactory factory() {
        try {
            return CertificateFactory.getInstance("X.509");
        } catch (CertificateException e) {
            throw new IllegalStateException("every JDK reads X.509", e);
        }
    }

    /** Tells whether clients that ask for a host, perhaps with {@code *} in the place of its first label, accept it. */
    public static boolean isFor(X509Certificate certificate, String host) {
        return names(certificate).stream().anyMatch(name -> covers(name, host.toLowerCase(Locale.ROOT)));
    }

    private static boolean covers(String name, String host) {
        int dot = host.indexOf('.');
        return name.equals(host)
                || name.startsWith("*.") && dot > 0 && host.substring(dot).equals(name.substring(1))
                || host.startsWith("*") && name.endsWith(host.substring(1));
    }

    /** Returns the hosts and addresses that it is for. */
    public static List<String> names(X509Certificate certificate) {
        return alternatives(certificate)
                .filter(name -> Integer.valueOf(DNS).equals(name.get(0))
                        || Integer.valueOf(IP_ADDRESS).equals(name.get(0)))
                .map(name -> String.valueOf(name.get(1)).toLowerCase(Locale.ROOT))
                .toList();
    }

    private static Stream<List<?>> alternatives(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream);
        } catch (CertificateParsingException e) {
            return Stream.of();
        }
    }
}
