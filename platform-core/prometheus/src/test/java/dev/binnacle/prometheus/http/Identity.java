package dev.binnacle.prometheus.http;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/** A key and a certificate that signs itself, made by the JDK's keytool. */
public final class Identity {
    private static final String PASSWORD = "changeit";

    private final KeyStore store;
    private final Path folder;
    private final String name;

    private Identity(KeyStore store, Path folder, String name) {
        this.store = store;
        this.folder = folder;
        this.name = name;
    }

    /** @param names subject alternative names, such as {@code ip:127.0.0.1,uri:spiffe://a/b} */
    public static Identity make(Path folder, String name, String names) throws Exception {
        Path file = folder.resolve(name + ".p12");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "own",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=" + names,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed");
        }
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return new Identity(store, folder, name);
    }

    public Path certificate() throws Exception {
        return pem("CERTIFICATE", store.getCertificate("own").getEncoded(), ".crt");
    }

    public Path key() throws Exception {
        return pem("PRIVATE KEY", store.getKey("own", PASSWORD.toCharArray()).getEncoded(), ".key");
    }

    /** Returns a server with this identity, which wants that of {@code client} when it is not null. */
    public SSLServerSocket server(Identity client) throws Exception {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(
                keys.getKeyManagers(), client == null ? null : client.trust().getTrustManagers(), null);
        var server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        server.setNeedClientAuth(client != null);
        return server;
    }

    private TrustManagerFactory trust() throws GeneralSecurityException, IOException {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("client", store.getCertificate("own"));
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory;
    }

    private Path pem(String what, byte[] bytes, String suffix) throws IOException {
        String text = Base64.getMimeEncoder().encodeToString(bytes);
        return Files.writeString(
                folder.resolve(name + suffix),
                "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }
}
