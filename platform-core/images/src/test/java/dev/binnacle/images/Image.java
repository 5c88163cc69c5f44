package dev.binnacle.images;

import dev.binnacle.kubernetes.testkit.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** An image in a registry, as somebody who pulls it sees it. */
record Image(Registry registry, String name) {
    /** Returns the platforms that it is for, as {@code linux/amd64}. */
    List<String> platforms() throws IOException, InterruptedException {
        return list(json(registry.crane("manifest", reference())).get("manifests")).stream()
                .map(manifest -> map(map(manifest).get("platform")))
                .map(platform -> platform.get("os") + "/" + platform.get("architecture"))
                .toList();
    }

    /** Returns what says how it is run: {@code User}, {@code Entrypoint}, {@code Env} … */
    Map<String, Object> config(String platform) throws IOException, InterruptedException {
        return map(json(registry.crane("config", "--platform", platform, reference()))
                .get("config"));
    }

    /** Returns its environment. */
    Map<String, String> environment(String platform) throws IOException, InterruptedException {
        return list(config(platform).get("Env")).stream()
                .map(Object::toString)
                .collect(Collectors.toMap(
                        text -> text.substring(0, text.indexOf('=')), text -> text.substring(text.indexOf('=') + 1)));
    }

    /** Returns the digest of what is pushed. */
    String digest() throws IOException, InterruptedException {
        return registry.crane("digest", reference());
    }

    /** Checks every layer and digest of it, for all platforms. */
    void validate() throws IOException, InterruptedException {
        registry.crane("validate", "--remote", reference());
    }

    /** Writes its files below {@code folder}. */
    void unpack(Path folder) throws IOException, InterruptedException {
        Path tar = folder.resolveSibling(folder.getFileName() + ".tar");
        registry.crane("export", "--platform", "linux/amd64", reference(), tar.toString());
        Files.createDirectories(folder);
        var unpacking = new ProcessBuilder(
                        "tar", "--warning=no-unknown-keyword", "-xf", tar.toString(), "-C", folder.toString())
                .inheritIO()
                .start();
        if (unpacking.waitFor() != 0) {
            throw new IOException("tar cannot unpack " + tar);
        }
    }

    private String reference() {
        return registry.host() + "/" + name;
    }

    private static Map<String, Object> json(String text) {
        return map(new Yaml(new SafeConstructor(new LoaderOptions())).load(text));
    }

    @SuppressWarnings("unchecked") // JSON's objects have texts as keys
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static List<?> list(Object value) {
        return (List<?>) value;
    }
}
