import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;

/** Answers as two hosts outside of the mesh, by TLS: anybody at one port, at the other who shows a certificate. */
final class Partners {
    private static final Path CREDENTIALS =
            Path.of(System.getenv().getOrDefault("BINNACLE_INSTANCE", ".binnacle"), "credentials/istio-system/partners");

    public static void main(String[] none) throws IOException, GeneralSecurityException {
        // Clients remember sessions, and do not look at the certificate of one again.
        System.setProperty("jdk.tls.server.enableSessionTicketExtension", "false");
        serve(8443, false);
        serve(8444, true);
    }

    private static void serve(int port, boolean asks) throws IOException, GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new Shown()}, new TrustManager[] {new Believed()}, null);
        context.getServerSessionContext().setSessionTimeout(1);
        String address = System.getenv().getOrDefault("HOST", "127.0.0.1");
        var server = HttpsServer.create(new InetSocketAddress(address, port), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                var settings = getSSLContext().getDefaultSSLParameters();
                settings.setNeedClientAuth(asks);
                parameters.setSSLParameters(settings);
            }
        });
        server.createContext("/", exchange -> {
            String client = asks ? ((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName() : "anybody";
            String host = exchange.getRequestHeaders().getFirst("Host");
            byte[] body = (host + " answers " + client + " over TLS\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
    }

    private static X509Certificate certificate(String file) {
        try (var in = Files.newInputStream(CREDENTIALS.resolve(file))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What ./binnacle certificate wrote last. */
    private static final class Shown extends X509ExtendedKeyManager {
        @Override
        public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
            return type.equals("EC") ? type : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {certificate("tls.crt")};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            try {
                String pem = Files.readString(CREDENTIALS.resolve("tls.key")).replaceAll("-----[^-]+-----|\\s", "");
                return KeyFactory.getInstance("EC")
                        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return type;
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[] {type};
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return null;
        }
    }

    /** Whoever has a certificate of the authority that gave the server its own. */
    private static final class Believed implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            try {
                chain[0].checkValidity();
                chain[0].verify(certificate("ca.crt").getPublicKey());
            } catch (GeneralSecurityException e) {
                throw new CertificateException("not a customer", e);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("no server is called from here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
