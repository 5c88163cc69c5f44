package dev.binnacle.kubernetes.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * etcd and kube-apiserver on free ports of loopback. Authorization is RBAC and admission is Kubernetes' own, Pod Security among it;
 * only {@code ServiceAccount} is off, as no controller makes the accounts named default.
 */
public final class ApiServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration READY_LIMIT = Duration.ofMinutes(2);
    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(2);

    private final Path folder;
    private final Programs programs;
    private final int port;
    private final Etcd etcd;
    private final List<String> command;
    private Server apiServer;
    private boolean hasCustomResources;

    private ApiServer(Path folder, Programs programs, List<Integer> ports) throws IOException, InterruptedException {
        this.folder = folder;
        this.programs = programs;
        this.port = ports.get(0);
        writeKey();
        writeKubeconfig("admin", UUID.randomUUID().toString());
        String store = "http://" + LOOPBACK + ":" + ports.get(1);
        this.command = apiServerCommand(store);
        this.etcd = Etcd.start(programs.find(Program.ETCD), folder, store, "http://" + LOOPBACK + ":" + ports.get(2));
        this.apiServer = Server.start(command, log("kube-apiserver"));
    }

    /** Starts one that keeps its data in {@code folder}, and returns when it is ready. */
    static ApiServer start(Path folder, Programs programs) throws IOException, InterruptedException {
        var server = new ApiServer(folder, programs, freePorts(3));
        try {
            server.awaitReady();
            return server;
        } catch (IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** Returns where it is. */
    public URI url() {
        return URI.create("https://" + LOOPBACK + ":" + port);
    }

    /** Returns the file that lets a client do everything. */
    public Path kubeconfig() {
        return folder.resolve("admin.kubeconfig");
    }

    /**
     * Returns a file that lets a client do what RBAC lets a service account do, which has to be there.
     */
    public Path kubeconfig(String namespace, String serviceAccount) throws IOException, InterruptedException {
        String token =
                kubectl("create", "token", serviceAccount, "-n", namespace).strip();
        return writeKubeconfig(namespace + "-" + serviceAccount, token);
    }

    /** Runs {@code kubectl}, allowed to do everything, and returns what it wrote. */
    public String kubectl(String... arguments) throws IOException, InterruptedException {
        return run(Program.KUBECTL, "", arguments);
    }

    /** Makes the objects in {@code yaml}, or changes them, by server-side apply. */
    public String apply(String yaml) throws IOException, InterruptedException {
        return run(Program.KUBECTL, yaml, "apply", "--server-side", "--force-conflicts", "-f", "-");
    }

    /**
     * Runs a program with this server as its cluster, and returns what it wrote.
     *
     * @throws CommandFailedException when it does not end with 0
     */
    public String run(Program program, String input, String... arguments) throws IOException, InterruptedException {
        return Command.of(programs.find(program).toString())
                .with(Map.of("KUBECONFIG", kubeconfig().toString(), "HOME", folder.toString()))
                .run(List.of(arguments), input, COMMAND_LIMIT);
    }

    /** Makes it know the resources of Istio, Gateway API and prometheus-operator, once. */
    public synchronized void installCustomResources() throws IOException, InterruptedException {
        if (hasCustomResources) {
            return;
        }
        var files = CustomResources.files(programs).stream()
                .flatMap(file -> Stream.of("-f", file.toString()))
                .toList();
        var arguments = new ArrayList<>(List.of("apply", "--server-side", "--force-conflicts"));
        arguments.addAll(files);
        kubectl(arguments.toArray(String[]::new));
        kubectl("wait", "--for=condition=Established", "--timeout=60s", "--all", "crd");
        hasCustomResources = true;
    }

    /** Ends the API server as {@code kill -9} does; what it has stored stays. */
    public void kill() throws InterruptedException {
        apiServer.kill();
    }

    /** Starts the API server again, at the same address, and returns when it is ready. */
    public void startAgain() throws IOException, InterruptedException {
        apiServer.close();
        apiServer = Server.start(command, log("kube-apiserver"));
        awaitReady();
    }

    /** Makes it stand still, as one does that has far too much to do: connections stay open, and nothing is answered. */
    public void pause() throws IOException, InterruptedException {
        apiServer.signal("STOP");
    }

    /** Makes it go on after {@link #pause}. */
    public void goOn() throws IOException, InterruptedException {
        apiServer.signal("CONT");
    }

    /** Forgets what was before now, as it does every few minutes: a watch that asks for it is told that it is gone, 410. */
    public void compact() throws IOException, InterruptedException {
        etcd.compact();
    }

    @Override
    public void close() {
        apiServer.close();
        etcd.close();
    }

    private void awaitReady() throws IOException, InterruptedException {
        long limit = System.nanoTime() + READY_LIMIT.toNanos();
        while (true) {
            try {
                kubectl("get", "--raw", "/readyz");
                return;
            } catch (CommandFailedException e) {
                if (!apiServer.isRunning() || !etcd.isRunning() || System.nanoTime() > limit) {
                    throw new IOException(
                            "the API server is not ready: " + e.getMessage() + "\n" + apiServer.lastLines() + "\n"
                                    + etcd.lastLines(),
                            e);
                }
            }
        }
    }

    private List<String> apiServerCommand(String store) throws IOException, InterruptedException {
        return List.of(
                programs.find(Program.KUBE_APISERVER).toString(),
                "--etcd-servers=" + store,
                "--bind-address=" + LOOPBACK,
                "--advertise-address=" + LOOPBACK,
                "--secure-port=" + port,
                "--endpoint-reconciler-type=none",
                "--cert-dir=" + folder.resolve("certs"),
                "--token-auth-file=" + folder.resolve("tokens.csv"),
                "--authorization-mode=RBAC",
                "--service-account-key-file=" + folder.resolve("sa.key"),
                "--service-account-signing-key-file=" + folder.resolve("sa.key"),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-cluster-ip-range=10.96.0.0/16",
                "--disable-admission-plugins=ServiceAccount",
                "--v=0");
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }

    private void writeKey() throws IOException {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            String key = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
            Files.writeString(
                    folder.resolve("sa.key"), "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    private Path writeKubeconfig(String user, String token) throws IOException {
        if (user.equals("admin")) {
            Files.writeString(folder.resolve("tokens.csv"), token + ",admin,admin,system:masters\n");
        }
        return Files.writeString(folder.resolve(user + ".kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters:
                - name: test
                  cluster: {server: "%s", certificate-authority: "%s"}
                users:
                - name: user
                  user: {token: "%s"}
                contexts:
                - name: test
                  context: {cluster: test, user: user}
                current-context: test
                """.formatted(
                        url(), folder.resolve("certs/apiserver.crt"), token));
    }

    private static List<Integer> freePorts(int count) throws IOException {
        var sockets = new ArrayList<ServerSocket>();
        try {
            var ports = new ArrayList<Integer>();
            for (int i = 0; i < count; i++) {
                var socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK));
                sockets.add(socket);
                ports.add(socket.getLocalPort());
            }
            return ports;
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }
}
