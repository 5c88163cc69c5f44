import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A server that ends TLS itself, with a key that it makes when it starts and shows to nobody. */
final class Vault {
    private static final String PASSWORD = "not-a-secret";

    public static void main(String[] arguments) throws IOException, GeneralSecurityException, InterruptedException {
        String host = System.getenv().getOrDefault("HOST", "127.0.0.1");
        var server = HttpsServer.create(new InetSocketAddress(host, 8443), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(arguments[0])));
        server.createContext("/", exchange -> {
            byte[] body = (arguments[0] + "\n").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
    }

    private static SSLContext context(String name) throws IOException, GeneralSecurityException, InterruptedException {
        Path folder = Files.createTempDirectory("vault");
        Path store = folder.resolve("key.p12");
        new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair", "-alias", "own", "-keyalg", "EC", "-validity", "7",
                        "-dname", "CN=" + name, "-ext", "SAN=dns:" + name,
                        "-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD)
                .inheritIO()
                .start()
                .waitFor();
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        Files.delete(store);
        Files.delete(folder);
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
