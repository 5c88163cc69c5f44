package dev.binnacle.xds;

import java.util.List;

/** What became of a publication at one proxy. */
public sealed interface Outcome {
    /** The proxy has all of it. */
    record Acked() implements Outcome {}

    /** The publication changed nothing for this proxy. */
    record Unchanged() implements Outcome {}

    /** The proxy refused resources, for example because Envoy found a value invalid; it keeps the earlier ones. */
    record Rejected(List<Rejection> rejections) implements Outcome {
        public Rejected {
            rejections = List.copyOf(rejections);
        }
    }

    /** The proxy did not answer in time; {@code missing} says what is open. */
    record TimedOut(String missing) implements Outcome {}
}
