package dev.binnacle.mesh.explain;

import com.google.re2j.Pattern;
import dev.binnacle.mesh.ir.access.AccessRule;
import dev.binnacle.mesh.ir.access.Operation;
import dev.binnacle.mesh.ir.access.Requirement;
import dev.binnacle.mesh.ir.access.Source;
import dev.binnacle.mesh.ir.access.Text;
import dev.binnacle.mesh.schema.Subnets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decides as Envoy does whether a rule of a policy matches what comes in. */
record AccessMatcher(Arrival arrival) {

    boolean matches(AccessRule rule) {
        return rule.operations().stream().anyMatch(all -> hold(all, this::holds))
                && rule.sources().stream().anyMatch(all -> hold(all, this::holds));
    }

    private static <T> boolean hold(List<Requirement<T>> all, Predicate<T> holds) {
        return all.stream()
                .allMatch(requirement -> requirement.anyOf().stream().anyMatch(holds) != requirement.inverted());
    }

    private boolean holds(Operation operation) {
        return switch (operation) {
            case Operation.Address(String block) -> isIn(arrival.address(), block);
            case Operation.Port(int port) -> arrival.port() == port;
            case Operation.ServerName(Text name) -> holds(name, Optional.of(arrival.serverName()));
            case Operation.Header(String header, Text value) -> header(header, value);
            case Operation.Path(Text path) -> holds(path, Optional.of(arrival.path()));
            case Operation.PathTemplate(String template) -> fits(template, arrival.path());
        };
    }

    private boolean holds(Source source) {
        return switch (source) {
            case Source.Peer(Text identity) -> arrival.peer().isPresent() && holds(identity, arrival.peer());
            case Source.Address(String block) -> isIn(arrival.from(), block);
            case Source.ClientAddress(String block) -> isIn(arrival.client(), block);
            case Source.Header(String header, Text value) -> header(header, value);
            case Source.Principal(Text issuer, Text subject) ->
                isOneOf(List.of("iss"), List.of(issuer)) && isOneOf(List.of("sub"), List.of(subject));
            case Source.Claim(List<String> path, List<Text> anyOf) -> isOneOf(path, anyOf);
        };
    }

    private boolean header(String name, Text value) {
        return holds(value, Optional.ofNullable(arrival.headers().get(name.toLowerCase(Locale.ROOT))));
    }

    private boolean isOneOf(List<String> path, List<Text> anyOf) {
        @Nullable Object found = arrival.claims();
        for (String name : path) {
            found = found instanceof Map<?, ?> claims ? claims.get(name) : null;
        }
        return switch (found) {
            case String text -> anyOf.stream().anyMatch(one -> holds(one, Optional.of(text)));
            case List<?> list ->
                list.stream()
                        .anyMatch(item -> item instanceof String text
                                && anyOf.stream().anyMatch(one -> holds(one, Optional.of(text))));
            case null, default -> false;
        };
    }

    private static boolean holds(Text condition, Optional<String> value) {
        return value.isPresent()
                && switch (condition) {
                    case Text.Present present -> true;
                    case Text.Exact(String exact, boolean fold) ->
                        fold ? value.get().equalsIgnoreCase(exact) : value.get().equals(exact);
                    case Text.Prefix(String prefix, boolean fold) ->
                        value.get().regionMatches(fold, 0, prefix, 0, prefix.length());
                    case Text.Suffix(String suffix, boolean fold) ->
                        value.get()
                                .regionMatches(
                                        fold, value.get().length() - suffix.length(), suffix, 0, suffix.length());
                    case Text.Regex(String regex) -> Pattern.matches(regex, value.get());
                };
    }

    /** One star stands for one segment, two for any number. */
    private static boolean fits(String template, String path) {
        String regex = Pattern.quote(template).replace("\\*\\*", ".*").replace("\\*", "[^/]+");
        return Pattern.matches(regex, path);
    }

    private static boolean isIn(String address, String block) {
        String length = block.substring(block.indexOf('/'));
        return Subnets.canonical(address + length)
                .filter(masked -> Subnets.canonical(block).equals(Optional.of(masked)))
                .isPresent();
    }
}
