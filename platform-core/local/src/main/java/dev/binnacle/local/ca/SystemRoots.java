package dev.binnacle.local.ca;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The authorities that this JVM trusts. Linux distributions keep them together with those of the system. */
final class SystemRoots {
    private static final String PEM = read();

    private SystemRoots() {}

    static String pem() {
        return PEM;
    }

    private static String read() {
        try {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            @Nullable KeyStore ownOfTheJvm = null;
            factory.init(ownOfTheJvm);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                    .map(Pem::of)
                    .collect(Collectors.joining());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JVM's trusted certificates cannot be read", e);
        }
    }
}
