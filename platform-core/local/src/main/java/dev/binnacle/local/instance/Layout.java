package dev.binnacle.local.instance;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * Where one instance keeps everything.
 *
 * @param home the clone's top folder
 * @param runtime the runtime folder: {@code <clone>/.binnacle}, or what {@code BINNACLE_DIR} says
 * @param user the folders shared by the user's instances
 */
public record Layout(Path home, Path runtime, UserFolders user) {

    /** Returns the layout of the instance in {@code clone}. */
    public static Layout of(Path clone, Map<String, String> environment) {
        Path top = clone.toAbsolutePath().normalize();
        String elsewhere = environment.getOrDefault("BINNACLE_DIR", "");
        Path runtime = elsewhere.isEmpty()
                ? top.resolve(".binnacle")
                : Path.of(elsewhere).toAbsolutePath().normalize();
        return new Layout(top, runtime, UserFolders.of(environment));
    }

    /** Returns the record of the running launcher and its children. */
    public Path launcherFile() {
        return runtime.resolve("run/launcher.json");
    }

    /** Returns the file whose lock the running launcher holds. */
    public Path lockFile() {
        return runtime.resolve("run/launcher.lock");
    }

    /** Returns the topology that the app follows. */
    public Path topologyFile() {
        return runtime.resolve("run/topology.json");
    }

    /** Returns the file that holds the last status. */
    public Path statusFile() {
        return runtime.resolve("run/status.json");
    }

    /** Returns the folder of resources applied at run time. */
    public Path overlays() {
        return runtime.resolve("overlays");
    }

    /** Returns the change log. */
    public Path auditFile() {
        return runtime.resolve("audit.log");
    }

    /** Returns the file with the secret by which this user's commands may change the mesh. */
    public Path operatorToken() {
        return runtime.resolve("operator-token");
    }

    /** Returns the Maven repository that plugins' projects find the SPI in. */
    public Path repository() {
        return runtime.resolve("maven");
    }

    /** Returns the folder of log files. */
    public Path logs() {
        return runtime.resolve("logs");
    }

    /** Returns the log file of a process. */
    public Path log(String process) {
        return logs().resolve(process + ".log");
    }

    /** Returns the file that a pod's sidecar writes its access log to. */
    public Path accessLog(String podId) {
        return log(podId + "-access");
    }

    /** Returns the folder of a pod, the working folder of its sidecar. */
    public Path pod(String podId) {
        return runtime.resolve("pods").resolve(podId);
    }

    /** Returns the folder of the certificate authority. */
    public Path certificates() {
        return runtime.resolve("certs");
    }

    /** Returns the folder of certificates that {@code ./binnacle certificate} made. */
    public Path credentials() {
        return runtime.resolve("credentials");
    }

    /** Returns the folder the app loads plugins from. */
    public Path plugins() {
        return runtime.resolve("plugins");
    }

    /** Returns the folder where an engine keeps its data. */
    public Path data(String engine) {
        return runtime.resolve("data").resolve(engine);
    }

    /** Returns the folder for this instance's sockets: short, because a socket's path ends at 108 bytes (facts F13). */
    public Path sockets() {
        return user.runtime().resolve(id());
    }

    /** Returns eight hexadecimal digits that name the instance, the same at every start. */
    public String id() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(runtime.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
