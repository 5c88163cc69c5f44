package dev.binnacle.local.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The files that projects and poms are made from. */
final class Template {
    private static final String FOLDER = "/plugin-template/";

    private Template() {}

    /** Returns the versions that this clone builds with, by {@code @name@}. */
    static Map<String, String> versions() {
        var properties = new Properties();
        try (var in = Template.class.getResourceAsStream(FOLDER + "versions.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var versions = new TreeMap<String, String>();
        properties.forEach((name, version) -> versions.put(name.toString(), version.toString()));
        return versions;
    }

    /** Returns a file with each {@code @name@} replaced by its value. */
    static String filled(String file, Map<String, String> values) {
        String text;
        try (var in = Template.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no template " + file);
            }
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (var value : values.entrySet()) {
            text = text.replace("@" + value.getKey() + "@", value.getValue());
        }
        return text;
    }
}
