package dev.binnacle.spi.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The settings of one extension, checked: every declared key has a valid value. */
public final class Settings {
    private final Map<ConfigKey<?>, Object> values;

    private Settings(Map<ConfigKey<?>, Object> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * Returns the values that {@code written} gives to {@code keys}.
     *
     * @throws InvalidConfigException with every unknown key, missing value and invalid value
     */
    public static Settings bind(List<ConfigKey<?>> keys, Map<String, String> written) throws InvalidConfigException {
        var problems = unknownKeys(keys, written);
        var values = new HashMap<ConfigKey<?>, Object>();
        for (ConfigKey<?> key : keys) {
            Object value = read(key, written.get(key.name()), problems);
            if (value != null) {
                values.put(key, value);
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(List.copyOf(problems.values()));
        }
        return new Settings(values);
    }

    /**
     * Returns the value of {@code key}.
     *
     * @throws IllegalArgumentException when the extension's descriptor does not declare the key
     */
    @SuppressWarnings("unchecked") // bind() stored what the key's own type made
    public <T> T get(ConfigKey<T> key) {
        Object value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("the setting " + key.name() + " is not in the extension's descriptor");
        }
        return (T) value;
    }

    private static Map<String, ConfigProblem> unknownKeys(List<ConfigKey<?>> keys, Map<String, String> written) {
        var known = new TreeSet<>(keys.stream().map(ConfigKey::name).toList());
        var problems = new TreeMap<String, ConfigProblem>();
        for (String name : new TreeSet<>(written.keySet())) {
            if (!known.contains(name)) {
                String fix = known.isEmpty()
                        ? "Remove it: there are no settings"
                        : "Known settings are " + String.join(", ", known);
                problems.put(name, new ConfigProblem(name, "there is no such setting", fix));
            }
        }
        return problems;
    }

    private static @Nullable Object read(
            ConfigKey<?> key, @Nullable String written, Map<String, ConfigProblem> problems) {
        String text = written == null ? key.fallback() : written;
        if (text == null) {
            problems.put(
                    key.name(),
                    new ConfigProblem(
                            key.name(),
                            "a value is needed",
                            "Set it to " + key.type().name()));
            return null;
        }
        try {
            return key.type().parser().apply(text);
        } catch (IllegalArgumentException e) {
            problems.put(
                    key.name(),
                    new ConfigProblem(
                            key.name(),
                            shown(key, text) + " is not valid",
                            "Write " + key.type().name()));
            return null;
        }
    }

    private static String shown(ConfigKey<?> key, String text) {
        return key.type().form().secret() ? "what is given" : "'" + withoutUserInfo(text) + "'";
    }

    /** A user's name and password in a URL are for its server, not for whoever reads the message. */
    private static String withoutUserInfo(String text) {
        return text.replaceAll("//[^/?#]*@", "//…@");
    }
}
