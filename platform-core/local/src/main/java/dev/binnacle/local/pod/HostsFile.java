package dev.binnacle.local.pod;

import dev.binnacle.local.AtomicFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A pod's hosts file, which its JVM reads in the place of DNS; so it names this machine too (facts F13). */
final class HostsFile {
    private HostsFile() {}

    /** Writes the file unless it says the same already. */
    static void write(Path file, Map<String, String> hosts) throws IOException {
        String text = text(hosts, localName());
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            AtomicFile.write(file, text);
        }
    }

    static String text(Map<String, String> hosts, String localName) {
        var all = new TreeMap<>(hosts);
        // A ServiceEntry may name it too; in a cluster a pod's own file goes first.
        all.put("localhost", "127.0.0.1");
        if (!localName.isEmpty()) {
            all.putIfAbsent(localName, "127.0.0.1");
        }
        var text = new StringBuilder();
        all.forEach(
                (name, address) -> text.append(address).append(' ').append(name).append('\n'));
        return text.toString();
    }

    private static String localName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }
}
