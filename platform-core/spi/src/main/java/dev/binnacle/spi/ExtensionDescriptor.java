package dev.binnacle.spi;

import dev.binnacle.spi.config.ConfigKey;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How an extension introduces itself.
 *
 * @param kind what it does
 * @param id its kind and a name of lower-case words, for example {@code collector-envoy}; one in the whole platform
 * @param stability how far users may rely on it
 * @param summary one sentence for a list of extensions
 * @param settings every setting that it reads; any other key in its configuration is reported as a mistake
 * @param capabilities what it wants to reach outside the host
 */
public record ExtensionDescriptor(
        ExtensionKind kind,
        String id,
        Stability stability,
        String summary,
        List<ConfigKey<?>> settings,
        Capabilities capabilities) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /** Makes the descriptor of an extension that wants nothing but what the host hands it. */
    public ExtensionDescriptor(
            ExtensionKind kind, String id, Stability stability, String summary, List<ConfigKey<?>> settings) {
        this(kind, id, stability, summary, settings, Capabilities.NONE);
    }

    public ExtensionDescriptor {
        String prefix = kind.prefix() + "-";
        if (!id.startsWith(prefix)
                || !NAME.matcher(id.substring(prefix.length())).matches()) {
            throw new IllegalArgumentException(
                    "the id of a " + kind.prefix() + " is " + prefix + "name in lower case, got " + id);
        }
        settings = List.copyOf(settings);
        var names = settings.stream().map(ConfigKey::name).toList();
        if (names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException(id + " declares a setting twice: " + names);
        }
    }
}
