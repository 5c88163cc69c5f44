package dev.binnacle.testkit;

import dev.binnacle.mesh.explain.Explanation.Answer;
import dev.binnacle.mesh.explain.Explanation.Other;
import dev.binnacle.mesh.explain.Explanation.Rule;
import dev.binnacle.mesh.explain.WhyRequest;
import dev.binnacle.mesh.explain.WhyText;
import java.util.List;
import java.util.stream.Collectors;

/** The message of a failed assertion: what was asked, what happens instead, which line decided, and why not another. */
final class Report {
    private Report() {}

    /**
     * Returns the message.
     *
     * @param destination the host and subset that were expected; empty when something else was
     */
    static String of(WhyRequest request, Answer answer, String expected, String actual, String destination) {
        return "%s\nexpected:   %s\nbut:        %s\ndecided by: %s%s\n\nAll that is known:\n%s"
                .formatted(
                        asked(request, answer),
                        expected,
                        actual,
                        answer.route() == null ? "no rule" : rule(answer.route()),
                        expectedRules(answer, destination),
                        WhyText.write(answer).indent(2));
    }

    private static String asked(WhyRequest request, Answer answer) {
        String headers = request.headers().entrySet().stream()
                .map(h -> h.getKey() + ": " + h.getValue())
                .collect(Collectors.joining(", "));
        String port = request.port().map(p -> " port " + p).orElse("");
        return request.method() + " " + request.path() + " at " + request.to() + port + " from " + answer.from()
                + (headers.isEmpty() ? "" : " with " + headers);
    }

    private static String rule(Rule rule) {
        String place = rule.line() > 0 ? rule.file() + ":" + rule.line() : rule.file();
        String name = rule.name().isEmpty() ? "" : " \"" + rule.name() + "\"";
        return place + name + (rule.resource() == null ? "" : " of " + rule.resource());
    }

    private static String expectedRules(Answer answer, String destination) {
        if (destination.isEmpty()) {
            return "";
        }
        var found = answer.others().stream()
                .filter(other -> leadsTo(other, List.of(destination.split(" ", -1))))
                .map(other -> "\nwhy not:    " + rule(other.route()) + ": " + String.join("; ", other.reasons()))
                .collect(Collectors.joining());
        return found.isEmpty() ? "\nwhy not:    no rule for this host leads to " + destination : found;
    }

    private static boolean leadsTo(Other other, List<String> destination) {
        return List.of(other.leadsTo().split(", ", -1)).stream().anyMatch(place -> {
            var parts = List.of(place.split(" ", -1));
            boolean host = parts.getFirst().equals(destination.getFirst())
                    || parts.getFirst().startsWith(destination.getFirst() + ".");
            return host && (destination.size() == 1 || parts.getLast().equals(destination.getLast()));
        });
    }
}
