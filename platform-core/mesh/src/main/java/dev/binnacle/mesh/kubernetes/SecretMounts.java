package dev.binnacle.mesh.kubernetes;

import dev.binnacle.mesh.schema.Section;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Reads where a pod has the values of Secrets as files. Whole Secrets only: single keys under other names are not found. */
final class SecretMounts {
    private SecretMounts() {}

    /** Returns the Secrets by the folder in which the pod's first container has them. */
    static Map<String, String> read(Section pod) {
        var secrets = new HashMap<String, String>();
        for (var volume : pod.sections("volumes")) {
            var secret = volume.section("secret").filter(s -> !s.has("items")).flatMap(s -> s.text("secretName"));
            secret.ifPresent(name -> secrets.put(volume.text("name").orElse(""), name));
        }
        var result = new TreeMap<String, String>();
        pod.sections("containers").stream()
                .limit(1)
                .flatMap(container -> container.sections("volumeMounts").stream())
                .filter(mount -> !mount.has("subPath") && !mount.has("subPathExpr"))
                .forEach(mount -> mount.text("mountPath")
                        .filter(path -> secrets.containsKey(mount.text("name").orElse("")))
                        .ifPresent(path -> result.put(
                                folder(path), secrets.get(mount.text("name").orElse("")))));
        return Collections.unmodifiableMap(result);
    }

    private static String folder(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
