package dev.binnacle.local.instance;

import dev.binnacle.local.ProblemException;
import dev.binnacle.mesh.registry.StandIns;
import dev.binnacle.mesh.topology.Externals;
import java.nio.file.Path;
import java.util.TreeMap;

/**
 * The settings that say where hosts outside of the mesh are.
 *
 * <p>{@code external.hosts} lists what stands in for them, with commas between: {@code www.example.com=127.0.0.1:9000,
 * *.example.org:443=127.0.0.1:9443}. {@code external.internet=true} allows sidecars to call hosts where they really are.
 */
public final class ExternalHosts {
    private static final String HOSTS = "external.hosts";
    private static final String INTERNET = "external.internet";
    private static final String FIX = "Write HOST[:PORT]=ADDRESS[:PORT], for example www.example.com=127.0.0.1:9000.";

    private ExternalHosts() {}

    /**
     * Returns what the settings say.
     *
     * @throws ProblemException when an entry is not one, or leads away from this machine without permission
     */
    public static Externals of(Settings settings) {
        boolean internet = settings.get(INTERNET)
                .map(said -> Boolean.parseBoolean(said.value()))
                .orElse(false);
        var standIns = new TreeMap<String, String>();
        settings.get(HOSTS).ifPresent(said -> {
            for (String word : said.value().split(",", -1)) {
                if (!word.isBlank()) {
                    read(word.strip(), internet, said.file(), standIns);
                }
            }
        });
        return new Externals(standIns, internet);
    }

    private static void read(String entry, boolean internet, Path file, TreeMap<String, String> standIns) {
        int equals = entry.indexOf('=');
        String host = equals < 0 ? "" : entry.substring(0, equals).strip();
        String where = entry.substring(equals + 1).strip();
        int colon = where.lastIndexOf(':');
        String address = colon < 0 ? where : where.substring(0, colon);
        boolean port = colon < 0 || isPort(where.substring(colon + 1));
        if (host.isEmpty() || address.isEmpty() || !port) {
            throw ProblemException.environment(file + ": " + HOSTS + ": \"" + entry + "\" names no stand-in", FIX);
        }
        if (!internet && !StandIns.isLoopback(address)) {
            throw ProblemException.environment(
                    file + ": " + HOSTS + ": " + address + ", which stands in for " + host + ", is not on this machine",
                    "Use a loopback address, or allow more with " + INTERNET + "=true.");
        }
        standIns.put(host, where);
    }

    private static boolean isPort(String text) {
        return !text.isEmpty()
                && text.length() <= 5
                && text.chars().allMatch(Character::isDigit)
                && Integer.parseInt(text) <= 65_535;
    }
}
