package dev.binnacle.prometheus.http;

import dev.binnacle.prometheus.config.Secret;
import dev.binnacle.prometheus.config.TlsOptions;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Speaks TLS as it is configured; certificates and keys are taken anew when their files have changed. */
final class Tls {
    private static final int URI_NAME = 6;
    private static final char[] NO_PASSWORD = {};

    /** The files' texts, as they were when the context was made. */
    private record Material(
            @Nullable String ca,
            @Nullable String certificate,
            @Nullable String key) {}

    private record Made(Material material, SSLContext context) {}

    private final TlsOptions options;
    private volatile @Nullable Made made;

    Tls(TlsOptions options) {
        this.options = options;
    }

    /** Returns a connection over {@code plain} whose server is who it has to be. */
    SSLSocket over(Socket plain, String host, int port) throws IOException {
        String name = options.serverName().isEmpty() || options.isSpiffe() ? host : options.serverName();
        var socket = (SSLSocket) context().getSocketFactory().createSocket(plain, name, port, true);
        var parameters = socket.getSSLParameters();
        if (!options.insecureSkipVerify() && !options.isSpiffe()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        switch (options.minVersion()) {
            case "TLS13" -> parameters.setProtocols(new String[] {"TLSv1.3"});
            case "TLS12" -> parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            default -> {
                // Java's choice.
            }
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        if (options.isSpiffe()) {
            requireId(socket);
        }
        return socket;
    }

    private void requireId(SSLSocket socket) throws IOException {
        try {
            var certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            var names = certificate.getSubjectAlternativeNames();
            var ids = names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> name.get(0).equals(URI_NAME))
                            .map(name -> (Object) name.get(1))
                            .toList();
            if (!ids.equals(List.of(options.serverName()))) {
                throw new SSLPeerUnverifiedException("the server is " + ids + ", not " + options.serverName());
            }
        } catch (GeneralSecurityException e) {
            throw new SSLPeerUnverifiedException("the server's certificate cannot be read: " + e.getMessage());
        }
    }

    private SSLContext context() throws IOException {
        var material = new Material(read(options.ca()), read(options.certificate()), read(options.key()));
        var known = made;
        if (known != null && known.material.equals(material)) {
            return known.context;
        }
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(keys(material), trust(material), new SecureRandom());
            made = new Made(material, context);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("tls_config: " + e.getMessage(), e);
        }
    }

    private static KeyManager @Nullable [] keys(Material material) throws GeneralSecurityException, IOException {
        if (material.certificate == null) {
            return null;
        }
        var store = emptyStore();
        var chain = Pem.certificates(material.certificate).toArray(X509Certificate[]::new);
        var key = Pem.key(Objects.requireNonNullElse(material.key, ""), chain[0].getPublicKey());
        store.setKeyEntry("own", key, NO_PASSWORD, chain);
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private TrustManager @Nullable [] trust(Material material) throws GeneralSecurityException, IOException {
        if (options.insecureSkipVerify() && !options.isSpiffe()) {
            return new TrustManager[] {new Everybody()};
        }
        if (material.ca == null) {
            return null;
        }
        var store = emptyStore();
        int number = 0;
        for (var certificate : Pem.certificates(material.ca)) {
            store.setCertificateEntry("ca" + number++, certificate);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static @Nullable String read(@Nullable Secret secret) throws IOException {
        return secret == null ? null : secret.read();
    }
}
